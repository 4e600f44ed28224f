using FundingFlows.Benchmarks;

return await BenchmarkCommand.RunAsync(args, TimeProvider.System);
