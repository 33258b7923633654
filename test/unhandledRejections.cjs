// Mocha takes note of a rejection that nobody handles, and goes on: here the test fails that runs then.
process.on('unhandledRejection', (reason) => {
  throw reason;
});
