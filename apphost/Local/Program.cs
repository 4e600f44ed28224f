using FundingFlows.Local;

return await LocalCommand.Create(TimeProvider.System).Parse(args).InvokeAsync();
