using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why no new epoch of a body's journal is declared.</summary>
public sealed class DeclareEpochRefusalTests
{
    private static readonly ByteString Root = ByteString.CopyFrom(new byte[32]);

    internal static readonly RefusalTable<DeclareEpoch, DeclareEpochRefusal> Table = new RefusalTable<DeclareEpoch, DeclareEpochRefusal>(stage =>
        {
            stage.Council.Do(RegisterBodyRefusalTests.Registering("forum-2"));
            stage.Council.Do(new RotateKey("forum-2", Write.Key("second"), 9));
            return new(stage.Council, Declaring("forum-2", 2, 7));
        })
        .Row(DeclareEpochRefusal.EpochMalformed, "nothing that is kept", command => command with { Size = 0 })
        .Row(DeclareEpochRefusal.EpochMalformed, "a root of 31 bytes", command => command with { Root = ByteString.CopyFrom(new byte[31]) })
        .Row(DeclareEpochRefusal.BodyUnknown, "a body that it has not registered", command => command with { Body = "forum-1" })
        .Row(DeclareEpochRefusal.BodyUnknown, "itself", command => command with { Body = "E06000001" })
        .Row(DeclareEpochRefusal.BodyClosed, "a body that was closed", (Stage stage, DeclareEpoch command) =>
        {
            stage.Council.Append(new Fact { BodyClosed = new BodyClosed { Delivery = Answers.Of(stage.Forum, 1, new Fact { ClosingAsked = new() }).ToRef(), Body = "forum-2" } });
            return command;
        })
        .Row(DeclareEpochRefusal.EpochNotNext, "the epoch that it is in", command => command with { Epoch = 1 })
        .Row(DeclareEpochRefusal.EpochNotNext, "an epoch too far", command => command with { Epoch = 3 })
        .Row(DeclareEpochRefusal.EpochNotNext, "an epoch that was declared", (Stage stage, DeclareEpoch command) =>
        {
            stage.Council.Do(Declaring("forum-2", 2, 5));
            return command;
        })
        .Row(DeclareEpochRefusal.CheckpointOfAnother, "a checkpoint of another body", command => command with { Origin = Names.Origin("test", "forum-1", 1) })
        .Row(DeclareEpochRefusal.CheckpointOfAnother, "a checkpoint of the epoch itself", command => command with { Origin = Names.Origin("test", "forum-2", 2) })
        .Row(DeclareEpochRefusal.CheckpointOfAnother, "a checkpoint of another federation", command => command with { Origin = Names.Origin("other", "forum-2", 1) })
        .Row(DeclareEpochRefusal.CheckpointNotSigned, "a checkpoint that nobody known has signed", command => command with { SignedBy = ByteString.Empty })
        .Row(DeclareEpochRefusal.CheckpointNotSigned, "a checkpoint signed with a later key", command => command with { SignedBy = Write.Key("second") })
        .Row(DeclareEpochRefusal.CheckpointNotSigned, "a checkpoint signed with an earlier key", command => command with { Size = 10 })
        .Both("nothing that is kept", "a body that it has not registered")
        .Both("a root of 31 bytes", "a body that was closed")
        .Both("a body that was closed", "the epoch that it is in")
        .Both("an epoch too far", "a checkpoint of another body")
        .Both("a checkpoint of another body", "a checkpoint that nobody known has signed");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void DeclareEpoch_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void DeclareEpoch_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    /// <summary>A declaration that is signed with the body's first key.</summary>
    internal static DeclareEpoch Declaring(string body, uint epoch, long size, uint kept = 1) => new(body, epoch, Names.Origin("test", body, kept), size, Root, Write.Key(body));
}
