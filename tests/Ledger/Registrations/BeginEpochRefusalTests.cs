using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a body does not begin a new epoch.</summary>
public sealed class BeginEpochRefusalTests
{
    internal static readonly RefusalTable<BeginEpoch, BeginEpochRefusal> Table = new RefusalTable<BeginEpoch, BeginEpochRefusal>(stage =>
            new(stage.Council, Beginning(stage.Council, 2)))
        .Row(BeginEpochRefusal.JournalSealed, "a sealed journal", (Stage stage, BeginEpoch _) =>
        {
            stage.Council.Append(new Fact { JournalSealed = new JournalSealed() });
            return Beginning(stage.Council, 2);
        })
        .Row(BeginEpochRefusal.EpochNotLater, "the epoch that it is in", command => command with { Epoch = 1 })
        .Row(BeginEpochRefusal.EpochNotLater, "no epoch", command => command with { Epoch = 0 })
        .Row(BeginEpochRefusal.KeptOtherwise, "fewer entries", command => command with { KeptSize = command.KeptSize - 1 })
        .Row(BeginEpochRefusal.KeptOtherwise, "other entries", command => command with { KeptRoot = ByteString.CopyFrom(new byte[32]) })
        .Both("a sealed journal", "the epoch that it is in")
        .Both("the epoch that it is in", "fewer entries");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void BeginEpoch_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void BeginEpoch_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    /// <summary>An epoch that keeps all that the body has.</summary>
    internal static BeginEpoch Beginning(TestBody body, uint epoch) => new(epoch, body.Books.Size, ByteString.CopyFrom(body.Root));
}
