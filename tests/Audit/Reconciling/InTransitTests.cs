using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>What is said of money that is under way.</summary>
public sealed class InTransitTests
{
    [Fact]
    public async Task Money_ThatIsSentAndNotReceived_IsListedWithItsAge()
    {
        var federation = new ForgedFederation();
        var clock = new Clock();
        await using var auditing = await Auditing.StartAsync(federation, services => services.AddSingleton<TimeProvider>(clock));
        var (_, toCouncil, toForum) = federation.PlayFourTiers();
        var first = federation.Release(toForum, Kind.Either, 30_00, ForForums);
        var second = federation.Repay(Council, toCouncil, 20_00);
        // Whose call is under way when the clock is set back waits for ever: its deadline has passed.
        await auditing.ReconciledAsync();
        clock.Now = SentAt(federation, first).AddSeconds(90);

        var books = await auditing.ReconciledAsync();

        Assert.True(books is { Reconciled: true, Complete: false });
        Assert.Equal((1_000_00L, 50_00L, 350_01L), (books.IssuedPence, books.InTransitPence, books.SpentPence));
        Assert.Equal(books.IssuedPence, books.HeldPence + books.InTransitPence + books.SpentPence);
        Assert.Equal([$"{first}", $"{second}"], books.InTransit.Select(transfer => transfer.Transfer));
        Assert.Equal([(Council, Forum, 30_00L, TransferPurpose.Allocation), (Council, Region, 20_00L, TransferPurpose.Repayment)],
            books.InTransit.Select(transfer => (transfer.Sender, transfer.Receiver, transfer.AmountPence, transfer.Purpose)));
        Assert.Equal(SentAt(federation, first), books.InTransit[0].SentAt.ToDateTimeOffset());
        Assert.Equal([90, 90 - (long)(SentAt(federation, second) - SentAt(federation, first)).TotalSeconds], books.InTransit.Select(transfer => transfer.AgeSeconds));
        Assert.All(books.InTransit, transfer => Assert.False(transfer.Received));
    }

    [Fact]
    public async Task Money_WhoseSenderHasNotHeard_IsListedAsReceived()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        var (_, _, toForum) = federation.PlayFourTiers();
        var sent = federation.Release(toForum, Kind.Either, 30_00, ForForums);
        var answered = federation.Deliver(Council, Forum)!.Value;

        var before = await auditing.ReconciledAsync();
        federation.Answer(Council, Forum, answered);
        var after = await auditing.ReconciledAsync();

        Assert.Equal((sent.ToString(), true), (before.InTransit.Single().Transfer, before.InTransit.Single().Received));
        Assert.False(before.Complete);
        Assert.Equal(0, before.InTransitPence);
        Assert.Equal(before.IssuedPence, before.HeldPence + before.SpentPence);
        Assert.True(after is { Reconciled: true, Complete: true, InTransit.Count: 0 });
    }

    [Fact]
    public async Task Money_SettledBeforeTheReceiverIsSeen_IsStillUnderWay()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        var (_, _, toForum) = federation.PlayFourTiers();
        federation[Forum].Shown = federation[Forum].Size;
        federation.Release(toForum, Kind.Either, 30_00, ForForums);
        federation.Carry();

        var before = await auditing.ReconciledAsync();
        federation[Forum].Shown = long.MaxValue;
        var after = await auditing.ReconciledAsync();

        Assert.True(before is { Reconciled: true, Complete: false, InTransitPence: 30_00 });
        Assert.False(before.InTransit.Single().Received);
        Assert.True(after is { Reconciled: true, Complete: true, InTransitPence: 0 });
    }

    [Fact]
    public async Task Transfers_MoreThanAreShown_AreTheLongestOnTheWayAndAllCounted()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        var (_, _, toForum) = federation.PlayFourTiers();
        var sent = Enumerable.Range(0, 105).Select(_ => federation.Release(toForum, Kind.Either, 10, ForForums)).ToList();

        var books = await auditing.ReconciledAsync();

        Assert.Equal(sent.Take(100).Select(transfer => $"{transfer}"), books.InTransit.Select(transfer => transfer.Transfer));
        Assert.Equal(10_50, books.InTransitPence);
    }

    private static DateTimeOffset SentAt(ForgedFederation federation, EntryId entry) =>
        federation[entry.Body].EntryAt(entry.Index).RecordedAt.ToDateTimeOffset();

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
