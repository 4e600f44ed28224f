using CsCheck;

namespace FundingFlows.Tiers.Tests;

/// <summary>In whatever stretches a journal comes, its entries are taken in once, in order.</summary>
public sealed class PageTests : IDisposable
{
    private readonly MadeJournal journal = new("mhclg", Tier.CentralGovernment);
    private readonly MadeJournal recipient = new("durham", Tier.Council, "mhclg");

    public PageTests() => journal.Fund(recipient, 1_000_00);

    public void Dispose()
    {
        journal.Dispose();
        recipient.Dispose();
    }

    [Fact]
    public void Page_OfAll_IsVerifiedAndIsTheExactBytes()
    {
        var replica = New();

        var taken = replica.Take(journal.All());

        Assert.Equal(journal.Entries, taken.Select(entry => entry.Bytes));
        Assert.Equal((journal.Size, journal.Size, journal.Note()), (replica.Next, replica.Verified, replica.Checkpoint));
    }

    [Fact]
    public void Page_BehindAGap_DoesNothing()
    {
        var replica = New();
        replica.Take(journal.Page(0, 3, journal.Note(3)));

        Assert.Empty(replica.Take(journal.Page(4, 2)));

        Assert.Equal((3, 3, null), (replica.Next, replica.Verified, replica.Quarantined));
        Assert.Equal(journal.Entries.Skip(3), replica.Take(journal.Page(3, journal.Size)).Select(entry => entry.Bytes));
    }

    [Fact]
    public void Page_Again_DoesNothing()
    {
        var replica = New();
        replica.Take(journal.All());

        Assert.Empty(replica.Take(journal.All()));
        Assert.Empty(replica.Take(journal.Page(2, 1)));

        Assert.Equal((journal.Size, null), (replica.Next, replica.Quarantined));
    }

    [Fact]
    public void Page_OfAnotherEpoch_DoesNothing()
    {
        var replica = New();
        var page = journal.All();
        page.Epoch = 2;

        Assert.Empty(replica.Take(page));

        Assert.Equal((0, null), (replica.Next, replica.Quarantined));
    }

    [Fact]
    public void Pages_CutDoubledAndOutOfOrder_LeadToTheSame() =>
        Gen.Select(Gen.Int[0, journal.Size], Gen.Int[0, 6], Gen.Int[0, journal.Size]).List[0, 40].Sample(
            pages =>
            {
                var replica = New();
                var taken = pages.SelectMany(page => replica.Take(journal.Page(page.Item1, page.Item2, page.Item3 == 0 ? "" : journal.Note(page.Item3)))).ToList();
                Assert.Equal(taken.Count, replica.Verified);
                taken.AddRange(replica.Take(journal.Page((int)replica.Next, journal.Size)));

                Assert.Null(replica.Quarantined);
                Assert.Equal(journal.Entries, taken.Select(entry => entry.Bytes));
                taken.ForEach(entry => replica.Apply(entry.Entry));
                Assert.Equal(Sums(journal.Books), Sums(replica.Books));
            },
            iter: 200);

    private JournalReplica New() => new(journal.Known, MadeJournal.Federation);

    private static IEnumerable<(Ledger.FundLine, long)> Sums(Ledger.Books books) =>
        books.Accounts.Lines.SelectMany(line => Enum.GetValues<Ledger.Account>().Select(account => (line.Key, line.Value[account])));
}
