// Mocha only reports an unhandled rejection. With this file, the test fails that runs at that time.
process.on('unhandledRejection', (reason) => {
  throw reason;
});
