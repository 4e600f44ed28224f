namespace FundingFlows.Ledger.Tests;

/// <summary>What is looked at in an entry from outside before anything is done with it.</summary>
public sealed class EntryFormTests
{
    private const int Entries = 2_000;

    [Fact]
    public void Entries_OfEveryKind_AreFoundFaultyAsAPlainReadingFindsThem()
    {
        var random = new Random(7);
        var (faulty, newer, sound) = (0, 0, 0);
        for (var i = 0; i < Entries; i++)
        {
            var entry = AnyEntry.From(random);
            var (fault, isNewer) = (PlainForm.FaultOf(entry), PlainForm.IsNewer(entry));

            Assert.Equal(fault, EntryForm.FaultOf(entry));
            Assert.Equal(isNewer, NewerRules.Wrote(entry));
            faulty += fault is null ? 0 : 1;
            newer += isNewer ? 1 : 0;
            sound += fault is null && !isNewer ? 1 : 0;
        }
        Assert.True(faulty > Entries / 20 && newer > Entries / 20 && sound > Entries / 2, $"{faulty} faulty, {newer} newer, {sound} sound.");
    }
}
