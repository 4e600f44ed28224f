using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a body takes no new key.</summary>
public sealed class AdoptKeyRefusalTests
{
    internal static readonly RefusalTable<AdoptKey, AdoptKeyRefusal> Table = new RefusalTable<AdoptKey, AdoptKeyRefusal>(stage =>
            new(stage.Council, new AdoptKey(Write.Key("second"), Write.Key("E06000001"))))
        .Row(AdoptKeyRefusal.KeyMalformed, "a key of 31 bytes", command => command with { PublicKey = ByteString.CopyFrom(new byte[31]) })
        .Row(AdoptKeyRefusal.KeyMalformed, "no key", command => command with { PublicKey = ByteString.Empty })
        .Row(AdoptKeyRefusal.IsTheRoot, "the root of the federation", (stage, attempt) => attempt with { By = stage.Government })
        .Row(AdoptKeyRefusal.AnotherKeySigns, "a key that never signed", command => command with { Replaces = Write.Key("another") })
        .Row(AdoptKeyRefusal.AnotherKeySigns, "a key that signed before", (Stage stage, AdoptKey command) =>
        {
            stage.Council.Do(command with { PublicKey = Write.Key("third") });
            return command;
        })
        .Row(AdoptKeyRefusal.KeyIsNotNew, "the key that it has", command => command with { PublicKey = Write.Key("E06000001") })
        .Row(AdoptKeyRefusal.KeyIsNotNew, "a key that it had", (Stage stage, Attempt<AdoptKey> attempt) =>
        {
            attempt.By.Append(new Fact { KeyAdopted = new KeyAdopted { PublicKey = attempt.Command.PublicKey } });
            attempt.By.Append(new Fact { KeyAdopted = new KeyAdopted { PublicKey = Write.Key("third") } });
            return attempt with { Command = attempt.Command with { Replaces = Write.Key("third") } };
        })
        .Both("a key of 31 bytes", "the root of the federation")
        .Both("the root of the federation", "a key that never signed")
        .Both("a key that never signed", "the key that it has");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void AdoptKey_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void AdoptKey_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
