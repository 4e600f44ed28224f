using CsCheck;

namespace FundingFlows.Ledger.Tests;

/// <summary>Reports of bodies with several funders of one fund: whoever adds them up counts each penny once.</summary>
public sealed class SeveralFundersTests
{
    private enum Deed
    {
        Release,
        Repay,
        Pay,
        Refund,
        Report,
    }

    private static readonly Gen<(Deed Deed, int Which, int Pence)[]> Histories = Gen.Select(Gen.Enum<Deed>(), Gen.Int[0, 5], Gen.Int[1, 2_000]).Array[10, 40];

    [Fact]
    public void Reports_OfABodyWithTwoFunders_AreEachOfThatFundersMoney()
    {
        var graph = new Graph();
        graph.Release(0, 5_000);
        graph.Release(4, 300);
        graph.Release(3, 1_000);
        graph.Forum.Do(graph.Forum.Payment(graph.Fund, 1_100));
        graph.Report();

        // What came from the council first was drawn first, for it came first.
        var received = graph.Government.Books.Reports.Latest(graph.Fund).ToDictionary(report => report.Report.Body, report => report.Totals);
        Assert.Equal(new FundTotals { SpentPence = 300 }, received[graph.Forum.Id]);
        Assert.Equal(new FundTotals { HeldPence = 4_200, SpentPence = 800 }, received[graph.Council.Id]);
        var below = Assert.Single(graph.Council.Books.Reports.Latest(graph.Fund), report => report.Report.Body == graph.Forum.Id);
        Assert.Equal(new FundTotals { HeldPence = 200, SpentPence = 800 }, below.Totals);
    }

    [Fact]
    public void Reports_OnWhatWasMixedOnItsWay_AreDividedAmongTheFundersAbove()
    {
        // The stranger has £5 of the government's and £3 of the council's, and gives the forum £6 of them together.
        var graph = new Graph();
        graph.Release(0, 1_000);
        graph.Release(1, 500);
        graph.Release(2, 300);
        graph.Release(5, 600);
        graph.Forum.Do(graph.Forum.Payment(graph.Fund, 600));
        graph.Report();

        var children = graph.Stranger.Books.Reports.Submitted.ToDictionary(
            report => report.Figures.To.Body, report => report.Figures.Children.Single(child => child.Report.Body == graph.Forum.Id));
        Assert.All(children.Values, child => Assert.Equal(600, child.Totals.SpentPence));
        Assert.Equal((500, 100), (children["GOV"].Counted.SpentPence, children[graph.Council.Id].Counted.SpentPence));
        graph.MustAddUp();
    }

    [Fact]
    public void Report_OfABodyThatNamedNoLots_IsCountedInNoneAbove()
    {
        var graph = new Graph();
        graph.Release(0, 1_000);
        graph.Release(3, 400);
        var figures = graph.Forum.Decide(new SubmitReport(graph.Fund, graph.Council.Id)).Facts[0].Clone();
        figures.ReportSubmitted.Lots.Clear();
        graph.Council.Run(new ReceiveDelivery(Answers.Forged(graph.Forum, graph.Council, figures)));

        var child = Assert.Single(FunderFigures.Of(graph.Council.Books, graph.Fund, "GOV").Children);

        Assert.Equal((400, new FundTotals()), (child.Totals.HeldPence, child.Counted));
    }

    [Fact]
    public void Reports_OfAnyHistoryOverAnyWays_AddUpToWhatWasIssued() => Histories.Sample(history =>
    {
        var graph = new Graph();
        foreach (var (deed, which, pence) in history)
            graph.Try(deed, which, pence);
        graph.Report();
        graph.MustAddUp();
        graph.Federation.MustHold();
    }, iter: 60);

    /// <summary>Four bodies and six ways along which one fund's money comes: direct, past a tier, and by a lead authority.</summary>
    private sealed class Graph
    {
        private const long Issued = 100_000;
        private readonly (TestBody Funder, TestBody Recipient)[] ways;
        private readonly List<EntryId> awards = [];

        public Graph()
        {
            Government = Federation.Add("GOV", Tier.CentralGovernment);
            Council = Federation.Add("E06000001", Tier.Council);
            Stranger = Federation.Add("E06000009", Tier.Council);
            Forum = Federation.Add("forum-1", Tier.NeighbourhoodForum);
            Fund = Government.Opens("places", Write.Share(Kind.Revenue, 7_000), Write.Share(Kind.Either, 3_000));
            Government.Issues(Fund, Issued);
            ways =
            [
                (Government, Council), (Government, Stranger), (Council, Stranger), (Council, Forum), (Government, Forum), (Stranger, Forum),
            ];
            foreach (var (funder, recipient) in ways)
            {
                Federation.Agrees(funder, recipient, funder == Council && recipient == Stranger ? AgreementBasis.LeadAuthority : AgreementBasis.Funding);
                awards.Add(Federation.Awards(funder, recipient, Fund, Write.Promise(2026, Kind.Revenue, 20_000)));
            }
        }

        public TestFederation Federation { get; } = new();

        public TestBody Government { get; }

        public TestBody Council { get; }

        public TestBody Stranger { get; }

        public TestBody Forum { get; }

        public string Fund { get; }

        public void Release(int way, long pence) => Federation.Releases(ways[way].Funder, awards[way], 0, pence);

        /// <summary>Does it where the rules allow it.</summary>
        public void Try(Deed deed, int which, long pence)
        {
            var (funder, recipient) = ways[which];
            var paid = recipient.Books.Payments.All;
            if (deed == Deed.Report)
                recipient.Run(new SubmitReport(Fund, funder.Id));
            else if (deed == Deed.Pay)
                recipient.Run(recipient.Payment(Fund, pence));
            else if (deed == Deed.Refund && paid.Count > 0)
                recipient.Run(new RefundPayment(paid[(int)pence % paid.Count].Id, null, pence / 10 + 1));
            else if (deed == Deed.Repay)
                recipient.Run(new RepayUnderspend(awards[which], null, pence));
            else if (deed == Deed.Release)
                funder.Run(funder.Release(awards[which], 0, pence));
            Federation.Settle();
        }

        /// <summary>Everyone reports to each funder, from below.</summary>
        public void Report()
        {
            foreach (var body in new[] { Forum, Stranger, Council })
            {
                foreach (var (funder, _) in ways.Where(way => way.Recipient == body))
                    body.Do(new SubmitReport(Fund, funder.Id));
                Federation.Settle();
            }
        }

        public void MustAddUp()
        {
            var total = Figures.Sum([Figures.Own(Government.Books, Fund), .. Government.Books.Reports.Latest(Fund).Select(report => report.Totals)]);
            Assert.Equal(Issued, total.HeldPence + total.SpentPence);
            Assert.Equal(Figures.Sum(Federation.Bodies.Select(body => Figures.Own(body.Books, Fund))), total);
        }
    }
}
