using CsCheck;
using FundingFlows.Journal;
using FundingFlows.Ledger;
using Google.Protobuf;

namespace FundingFlows.Tiers.Tests;

/// <summary>
/// A peer whose key is known may still say anything. Whatever it says is decided: nothing breaks, what is recorded can be
/// replayed, and the body goes on.
/// </summary>
public sealed class AbsurdWordsTests
{
    private const long Pence = 1_000_00;
    private const int Steps = 7;

    [Fact]
    public void ReceiveDelivery_AbsurdWords_AreDecidedAndTheBodyGoesOn() => Gen.Select(Gen.Int[0, Steps - 1], Gen.Int, Gen.Int[1, 4]).Sample(
        (step, seed, times) =>
        {
            var (sender, first, receiver) = At(step);
            var entry = sender.Delivery(first).Entries[0].Entry;
            var chance = new Random(seed);
            for (var i = 0; i < times; i++)
                Absurdities.Distort(entry, chance);
            var sequence = (long)sender.Delivery(first).Sequence;

            var received = new ReceiveDelivery(new Delivery(sender.Body, 1, sequence, [new DeliveredEntry(entry, MerkleHash.Leaf(entry.ToByteArray()))]));
            if (NewerRules.Wrote(entry))
            {
                // Not absurd, perhaps: it waits for rules that know it.
                var refusal = received.Decide(receiver.Books, new Surroundings(receiver.Books.Next, () => new byte[32], _ => true, _ => false)).Refusal;
                Assert.Equal("RECEIVE_DELIVERY_RULES_TOO_OLD", refusal?.Reason);
                return;
            }
            receiver.Do(received);

            Assert.Equal(sequence + 1, receiver.Books.Deliveries.ExpectedSequence(sender.Body, 1));
            Assert.All(receiver.Entries, bytes => Assert.InRange(bytes.Length, 1, Sequencer.MostEntryBytes));
            GoesOn(receiver);
        },
        iter: 1_000);

    [Fact]
    public void RecordAnswer_AbsurdWords_AreBelievedOrNotAndTheBodyGoesOn() => Gen.Select(Gen.Int[0, Steps - 1], Gen.Int, Gen.Int[1, 4]).Sample(
        (step, seed, times) =>
        {
            var (sender, first, receiver) = At(step);
            var sent = sender.Delivery(first);
            var answer = Entry.Parser.ParseFrom(receiver.Entries[(int)receiver.Do(new ReceiveDelivery(sent)).Index]);
            var chance = new Random(seed);
            for (var i = 0; i < times; i++)
                Absurdities.Distort(answer, chance);
            var size = sender.Size;
            var record = new RecordAnswer(
                new Delivery(receiver.Body, 1, sent.Sequence, [new DeliveredEntry(answer, MerkleHash.Leaf(answer.ToByteArray()))]), [.. sent.Entries.Select(entry => entry.LeafHash)]);

            var decision = record.Decide(sender.Books, new Surroundings(sender.Books.Next, () => new byte[32], _ => true, _ => false));
            if (decision.Refusal is null)
                sender.Do(record);

            Assert.Equal(decision.Refusal is null ? size + 1 : size, sender.Size);
            GoesOn(sender);
        },
        iter: 1_000);

    /// <summary>Two honest bodies, just before the receiver hears of a step.</summary>
    private static (MadeJournal Sender, EntryId First, MadeJournal Receiver) At(int step)
    {
        var funder = new MadeJournal("mhclg", Tier.CentralGovernment);
        var recipient = new MadeJournal("E06000047", Tier.Council, "mhclg");
        foreach (var (sender, first, receiver) in MadeMoney.Steps(funder, recipient, Pence))
            if (step-- == 0)
                return (sender, first, receiver);
            else
                sender.Deliver(first, receiver);
        throw new InvalidOperationException("There are fewer steps.");
    }

    /// <summary>Whatever it heard, it can be replayed, and it can report on what it holds.</summary>
    private static void GoesOn(MadeJournal body)
    {
        var again = new Books();
        foreach (var bytes in body.Entries)
            again.Apply(Entry.Parser.ParseFrom(bytes));
        Assert.Equal(body.Books.Size, again.Size);
        foreach (var award in body.Books.Awards.All.Where(award => award.Recipient == body.Body && award.State == AwardStage.Accepted))
            Assert.Null(new SubmitReport(award.Terms.Fund, award.Funder).Decide(body.Books, new Surroundings(body.Books.Next, () => new byte[32], _ => true, _ => false)).Refusal);
        foreach (var fund in body.Books.Funds.All)
            Assert.NotNull(Figures.Sum([Figures.Own(body.Books, fund.Fund), .. body.Books.Reports.Latest(fund.Fund).Select(report => report.Totals)]));
    }
}
