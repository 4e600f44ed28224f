using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Audit.Tests;

/// <summary>Payments that nobody made, and requests that cannot be read.</summary>
public sealed class TraceRequestTests(PlayedStory story)
{
    [Fact]
    public async Task Payment_ThatNobodyMade_IsNotFound()
    {
        foreach (var unknown in new[] { $"{Easington}.1.99999", $"{Easington}.2.1", "E06000099.1.1", story.ToEasington })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => story.TraceAsync(unknown));
            Assert.Equal(StatusCode.NotFound, refused.StatusCode);
            Assert.Contains(unknown, refused.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("E05009057.1")]
    [InlineData("E05009057.0.1")]
    [InlineData("E05009057.1.01")]
    [InlineData("E05009057.1.-1")]
    [InlineData("E05009057.1.99999999999999999999")]
    public async Task Payment_WrittenOtherwise_IsInvalid(string written)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => story.TraceAsync(written));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(["payment"], refused.Fields());
    }
}
