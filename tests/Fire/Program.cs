using FundingFlows.Fire;

return await FireCommand.RunAsync(args, TimeProvider.System);
