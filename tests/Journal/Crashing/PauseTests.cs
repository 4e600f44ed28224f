using System.Runtime.InteropServices;
using FundingFlows.Crashing;

namespace FundingFlows.Journal.Tests;

/// <summary>
/// A process that is stopped just before it appends, and goes on when another has taken over one of its bodies, appends not one
/// entry of that body; the other bodies of the batch and of the process go on.
/// </summary>
public abstract partial class PauseTests : IDisposable
{
    private const int Continue = 18;
    private readonly Witnessed witnessed;

    protected PauseTests(StoreKind kind)
    {
        var place = StorePlace.Of(kind);
        witnessed = new Witnessed(place, place is SqlitePlace file ? new Plan(file.Path, "", []) : new Plan(((PostgresPlace)place).ConnectionString, ((PostgresPlace)place).Schema, []));
    }

    public void Dispose() => witnessed.Dispose();

    [Fact]
    public async Task Writer_PausedUntilAnotherHasTakenOver_AppendsNothingOfThatBody()
    {
        var (taken, kept) = (Commands.Bodies[0], Commands.Bodies[1]);
        var store = witnessed.Plan.Store;
        using var first = Writer.Start();
        first.Go(witnessed.Plan with { Last = 3 });
        witnessed.Hear(await first.SaidAsync($"{store} ack ", 3 * Commands.Writers));
        first.Tell("pause", "more 3");
        while (!IsStopped(first.Id))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);

        using var second = Writer.Start();
        second.Go(witnessed.Plan with { Body = taken });
        var others = await second.SaidAsync($"{store} ack {taken}", 40);
        Assert.True(IsStopped(first.Id));
        Assert.Equal(0, Signal(first.Id, Continue));
        var after = await first.SaidAsync($"{store} stopped {taken} Another writer has taken over this journal.");
        after.AddRange(await first.SaidAsync($"{store} ack {kept}", (3 * Commands.Writers / 2) - after.Count(line => line.StartsWith($"{store} ack {kept}", StringComparison.Ordinal))));
        others.AddRange(await second.SaidAsync($"{store} ack {taken}", 10));
        first.Kill();
        second.Kill();
        after.AddRange(await first.RestAsync());
        others.AddRange(await second.RestAsync());

        Assert.DoesNotContain(after, line => line.StartsWith($"{store} ack {taken}", StringComparison.Ordinal));
        Assert.DoesNotContain(after, line => line.StartsWith($"{store} stopped {kept}", StringComparison.Ordinal));
        Assert.DoesNotContain(others, line => line.Contains(" stopped ", StringComparison.Ordinal));
        witnessed.Hear(others);
        witnessed.Hear(after);
        await witnessed.CheckAsync();
        Assert.Equal(0, witnessed.AnsweredAgain);
    }

    private static bool IsStopped(int process) => File.ReadAllText($"/proc/{process}/stat").Split(") ")[1][0] == 'T';

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
