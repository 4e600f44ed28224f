using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Money that is not known, and requests that cannot be read.</summary>
public sealed class ForwardRequestTests
{
    [Fact]
    public async Task Forward_FromWhatIsNotKnown_IsNotFound()
    {
        await using var auditing = await Auditing.PlayedAsync();

        foreach (var request in new[]
        {
            new TraceForwardRequest { Source = $"{Central}.parliamentary-vote.another" },
            new TraceForwardRequest { Source = $"{Central}.income.estimate-2026-27" },
            new TraceForwardRequest { Fund = $"{Central}.another" },
            new TraceForwardRequest { Fund = "Somebody's name" },
            new TraceForwardRequest { Transfer = $"{Council}.1.9999" },
            // An entry, but no transfer.
            new TraceForwardRequest { Transfer = $"{Council}.1.0" },
        })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await auditing.Audit.TraceForwardAsync(request));
            Assert.Equal(StatusCode.NotFound, refused.StatusCode);
            // Repeated nowhere: what fails is logged, and may have been a name.
            Assert.Equal("Nothing of that name is among the entries that were verified so far.", refused.Status.Detail);
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
