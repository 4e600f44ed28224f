using FundingFlows.Ledger;

namespace FundingFlows.Tiers.Tests;

/// <summary>What a body has signed may still be no entry of honest books: then it is named, and what came before stands.</summary>
public sealed class RulesOfMoneyTests
{
    private static readonly Dictionary<string, (Func<MadeJournal, Fact?> Fact, string Says)> Breaches = new()
    {
        ["no fact"] = (_ => null, "does not say fact"),
        ["a fact of no kind"] = (_ => new Fact(), "breaks the rules of money: Entry 3 holds no fact that this version knows."),
        ["a second genesis"] = (journal => Entry.Parser.ParseFrom(journal.Entries[0]).Fact, "breaks the rules of money: A journal has one genesis, and it is the first entry."),
        ["money that is not there"] = (journal => Payment(journal, new LotId(new EntryId(journal.Body, 1, 2), 7), 1), "breaks the rules of money: "),
        ["an answer to nothing"] = (_ => new Fact { DeliverySettled = new DeliverySettled { Delivery = new Addressed { Body = "durham", Sequence = 1 }, Answer = new AnswerRef { Entry = new EntryRef { Body = "durham", Epoch = 1, Index = 1 } } } }, "breaks the rules of money: "),
        ["money beyond all counting"] = (journal => Issued(journal, Pence.MostOfABody + 1), "gives amount_pence as"),
        ["in all too much money"] = (journal => Issued(journal, Pence.MostOfABody), "has more money than accounts can hold"),
    };

    public static TheoryData<string> Names => [.. Breaches.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Entry_ThatBreaksTheRules_IsNamedAndNothingBehindItIsApplied(string breach)
    {
        using var journal = new MadeJournal("mhclg", Tier.CentralGovernment);
        journal.Issue(1_000_00);
        journal.Append(Breaches[breach].Fact(journal));
        journal.Append(Issued(journal, 5));
        var replica = new JournalReplica(journal.Known, MadeJournal.Federation);

        foreach (var entry in replica.Take(journal.All()))
            replica.Apply(entry.Entry);

        Assert.StartsWith("The journal of mhclg is not believed: ", replica.Quarantined, StringComparison.Ordinal);
        Assert.Contains("entry 3 ", replica.Quarantined, StringComparison.Ordinal);
        Assert.Contains(Breaches[breach].Says, replica.Quarantined, StringComparison.Ordinal);
        Assert.NotEqual(journal.Size, replica.Books.Size);
    }

    [Fact]
    public async Task Listener_ThatFailsOnAnEntry_QuarantinesThatJournalAlone()
    {
        using var root = new MadeJournal("mhclg", Tier.CentralGovernment);
        using var council = new MadeJournal("durham", Tier.Council, root.Body);
        root.Say(new Fact { BodyRegistered = council.Registration });
        await using var host = await MadeHost.StartAsync();
        await using var follower = new Follower(host, root, [root, council]);
        follower.Journals.Applied += (replica, _) =>
        {
            if (replica.Body == council.Body)
                throw new InvalidOperationException("it cannot be drawn");
        };
        host.Show(root);
        host.Show(council);

        await follower.SeenAsync(council, replica => replica.Quarantined == "The journal of durham is not believed: entry 0 cannot be taken in: it cannot be drawn", "named");
        root.Issue(1);
        host.Show(root);

        await follower.AppliedAsync(root);
    }

    private static Fact Issued(MadeJournal journal, long pence)
    {
        var fact = Entry.Parser.ParseFrom(journal.Entries[2]).Fact;
        fact.MoneyIssued.AmountPence = fact.MoneyIssued.Lots[0].AmountPence = pence;
        return fact;
    }

    private static Fact Payment(MadeJournal journal, LotId lot, long pence) => new()
    {
        PaymentMade = new PaymentMade
        {
            Fund = MadeMoney.FundOf(journal),
            FinancialYear = MadeMoney.Year,
            Kind = Kind.Capital,
            Payee = new Payee { Organisation = "GB-CHC-0000001" },
            AmountPence = pence,
            Pieces = { new Piece { Lot = lot.ToRef(), AmountPence = pence } },
        },
    };
}
