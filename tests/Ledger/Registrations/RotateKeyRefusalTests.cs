using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a body's new key is not recorded.</summary>
public sealed class RotateKeyRefusalTests
{
    internal static readonly RefusalTable<RotateKey, RotateKeyRefusal> Table = new RefusalTable<RotateKey, RotateKeyRefusal>(stage =>
        {
            stage.Council.Do(RegisterBodyRefusalTests.Registering("forum-2"));
            stage.Council.Do(RegisterBodyRefusalTests.Registering("forum-3"));
            return new(stage.Council, new RotateKey("forum-2", Write.Key("second"), 7));
        })
        .Row(RotateKeyRefusal.KeyMalformed, "a key of 33 bytes", command => command with { PublicKey = ByteString.CopyFrom(new byte[33]) })
        .Row(RotateKeyRefusal.KeyMalformed, "an adoption by the first entry", command => command with { FromIndex = 0 })
        .Row(RotateKeyRefusal.KeyMalformed, "an adoption before all entries", command => command with { FromIndex = long.MinValue })
        .Row(RotateKeyRefusal.BodyUnknown, "a body that it has not registered", command => command with { Body = "forum-1" })
        .Row(RotateKeyRefusal.BodyClosed, "a body that was closed", (Stage stage, RotateKey command) =>
        {
            stage.Council.Append(new Fact { BodyClosed = new BodyClosed { Delivery = Answers.Of(stage.Forum, 1, new Fact { ClosingAsked = new() }).ToRef(), Body = "forum-2" } });
            return command;
        })
        .Row(RotateKeyRefusal.KeyInUse, "the key of another body", command => command with { PublicKey = Write.Key("forum-3") })
        .Row(RotateKeyRefusal.KeyInUse, "the key of the body that records it", command => command with { PublicKey = Write.Key("E06000001") })
        .Row(RotateKeyRefusal.KeyInUse, "the first key of the body", command => command with { PublicKey = Write.Key("forum-2") })
        .Row(RotateKeyRefusal.KeyInUse, "a key that the body has from an earlier entry on", (Stage stage, RotateKey command) =>
        {
            stage.Council.Do(command with { FromIndex = 3 });
            return command;
        })
        .Both("a key of 33 bytes", "a body that it has not registered")
        .Both("an adoption by the first entry", "a body that was closed")
        .Both("a body that was closed", "the key of another body");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RotateKey_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RotateKey_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
