using FundingFlows.Local;

return await LocalCommand.RunAsync(args, TimeProvider.System);
