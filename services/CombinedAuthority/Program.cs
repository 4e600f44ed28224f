using FundingFlows.Contracts.Journal.V1;
using FundingFlows.Tiers;

var builder = WebApplication.CreateBuilder(args);
builder.AddTier(Tier.CombinedAuthority);
var app = builder.Build();
app.MapTier();
await app.RunAsync();
