using FundingFlows.Verifier;

return await VerifyCommand.RunAsync(args, Console.Out, Console.Error);
