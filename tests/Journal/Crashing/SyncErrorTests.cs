using FundingFlows.Crashing;

namespace FundingFlows.Journal.Tests;

/// <summary>When the system cannot sync what was written the process ends at once, and nothing is acknowledged any more.</summary>
public sealed class SyncErrorTests : IDisposable
{
    private const int Aborted = 128 + 6;
    private readonly SqlitePlace place = new();
    private readonly Witnessed witnessed;

    public SyncErrorTests() => witnessed = new Witnessed(place, new Plan(place.Path, "", [], Last: 3));

    public void Dispose() => witnessed.Dispose();

    [Fact]
    public async Task Writer_ThatCannotSync_EndsAndTheNextOneFindsAllThatWasAcknowledged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The call is made to fail by a filter of Linux.");
        using (var writer = Writer.Start())
        {
            writer.Go(witnessed.Plan);
            var said = await writer.SaidAsync("sqlite ack", 3 * Commands.Writers);
            writer.Tell("fail");
            said.AddRange(await writer.SaidAsync("syncing fails"));

            writer.Tell("more 3");

            Assert.Equal(Aborted, await writer.EndedAsync());
            Assert.DoesNotContain(await writer.RestAsync(), line => line.StartsWith("sqlite ack", StringComparison.Ordinal));
            Assert.Contains("The system could not make what was written durable.", await writer.ErrorsAsync(), StringComparison.Ordinal);
            witnessed.Hear(said);
        }
        await witnessed.CheckAsync();
        using var next = Writer.Start();
        next.Go(witnessed.Plan with { Last = 6 });
        var more = await next.SaidAsync("sqlite ack", 3 * Commands.Writers);
        next.Kill();
        witnessed.Hear(more);
        await next.EndedAsync();
        await witnessed.CheckAsync();
    }

    /// <summary>SQLite says nothing of it: it would try again, and believe a sync that comes too late.</summary>
    [Fact]
    public async Task Writer_WhoseDatabaseFileCannotBeSynced_EndsWhenTheLogIsCarriedOver()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The call is made to fail by a filter of Linux.");
        using (var writer = Writer.Start())
        {
            writer.Go(witnessed.Plan);
            var said = await writer.SaidAsync("sqlite ack", 3 * Commands.Writers);
            writer.Tell($"fail {place.Path}");
            said.AddRange(await writer.SaidAsync("syncing fails"));

            writer.Tell("more 10000");

            Assert.Equal(Aborted, await writer.EndedAsync());
            Assert.Contains("The system could not make what was written durable.", await writer.ErrorsAsync(), StringComparison.Ordinal);
            said.AddRange(await writer.RestAsync());
            witnessed.Hear(said);
        }
        await witnessed.CheckAsync();
        Assert.InRange(witnessed.Acknowledged, 3 * Commands.Writers, 3_000 * Commands.Writers);
    }

    /// <summary>Nobody asks the committer for these: whoever asks for something durable that is not ends the process.</summary>
    [Theory]
    [InlineData("lease")]
    [InlineData("words {0}.documents")]
    public async Task Writer_ThatCannotSyncBesideItsAppends_EndsToo(string asked)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The call is made to fail by a filter of Linux.");
        await DocumentStore.Open($"{place.Path}.documents", TimeProvider.System).DisposeAsync();
        using var writer = Writer.Start();
        writer.Go(witnessed.Plan);
        await writer.SaidAsync("sqlite ack", 3 * Commands.Writers);
        writer.Tell("fail");
        await writer.SaidAsync("syncing fails");

        writer.Tell(string.Format(System.Globalization.CultureInfo.InvariantCulture, asked, place.Path));

        Assert.Equal(Aborted, await writer.EndedAsync());
        Assert.Empty(await writer.RestAsync());
        Assert.Contains("The system could not make what was written durable.", await writer.ErrorsAsync(), StringComparison.Ordinal);
    }
}
