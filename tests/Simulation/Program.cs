using FundingFlows.Simulation;

return SimulationCommand.Run(args, TimeProvider.System, Console.Out, Console.Error);
