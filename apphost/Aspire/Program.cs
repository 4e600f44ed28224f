using FundingFlows.AppHost;

try
{
    var builder = DistributedApplication.CreateBuilder(args);
    var plan = HostPlan.Read(builder, args, TimeProvider.System);
    var broker = builder.AddEventBroker();
    var issuer = builder.AddIssuer(plan);
    var instances = builder.AddInstances(plan, issuer);
    builder.AddJournalDatabases(plan, instances);
    builder.AddSidecars(plan, instances, broker);
    builder.AddSampleYear(plan, instances, issuer);
    await builder.Build().RunAsync();
    return 0;
}
catch (TopologyException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 2;
}
