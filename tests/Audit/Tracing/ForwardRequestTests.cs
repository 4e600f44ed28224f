using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Money that is not known, and requests that cannot be read.</summary>
public sealed class ForwardRequestTests
{
    [Fact]
    public async Task Forward_FromWhatIsNotKnown_IsNotFound()
    {
        await using var auditing = await Auditing.PlayedAsync();

        foreach (var (request, named) in new[]
        {
            (new TraceForwardRequest { Source = $"{Central}.parliamentary-vote.another" }, "another"),
            (new TraceForwardRequest { Source = $"{Central}.income.estimate-2026-27" }, "income"),
            (new TraceForwardRequest { Fund = $"{Central}.another" }, "another"),
            (new TraceForwardRequest { Transfer = $"{Council}.1.9999" }, "9999"),
            // An entry, but no transfer.
            (new TraceForwardRequest { Transfer = $"{Council}.1.0" }, "durham.1.0"),
        })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await auditing.Audit.TraceForwardAsync(request));
            Assert.Equal(StatusCode.NotFound, refused.StatusCode);
            Assert.Contains(named, refused.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Forward_FromNothingOrSomethingMalformed_IsInvalid()
    {
        await using var auditing = await Auditing.PlayedAsync();

        foreach (var (request, field) in new[]
        {
            (new TraceForwardRequest(), "from"),
            (new TraceForwardRequest { Transfer = "not-a-transfer" }, "transfer"),
            (new TraceForwardRequest { Fund = FundId, PageSize = 1_001 }, "page_size"),
            (new TraceForwardRequest { Fund = FundId, PageToken = "?" }, "page_token"),
        })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await auditing.Audit.TraceForwardAsync(request));
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
            Assert.Equal(field, refused.Fields().Single());
        }
    }
}
