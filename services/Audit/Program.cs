using FundingFlows.Audit;

var builder = WebApplication.CreateBuilder(args);
builder.AddAudit();
var app = builder.Build();
app.MapAudit();
await app.RunAsync();
