using FundingFlows.Contracts.Agreements.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Audit.Tests;

/// <summary>What the auditor lists of a real federation.</summary>
public sealed class ReadingTests(PlayedStory story)
{
    private AuditService.AuditServiceClient Audit => story.Officers.Audit;

    [Fact]
    public async Task Bodies_OfTheFederation_AreAsTheirOwnBooksSay()
    {
        var bodies = (await Audit.ListBodiesAsync(new ListBodiesRequest())).Bodies;

        Assert.Equal([Central, Region, Hartlepool, Durham, Newcastle, Byker, Easington, Horden], bodies.Select(body => body.Id));
        foreach (var body in bodies)
        {
            var own = await story.Officers.BodyAsync(body.Id);
            var told = story.Federation.Topology.Body(body.Id);
            Assert.Equal((own.Totals, own.JournalSize, own.Tier), (body.Totals, body.JournalSize, body.Tier));
            Assert.Equal((told.Name, told.RegisteredBy, ""), (body.OfficialName, body.RegisteringBody, body.Quarantined));
        }
    }

    /// <summary>Central government's awards go to the region, the region's to two councils, and theirs to a forum each.</summary>
    [Fact]
    public async Task Settlement_BelowABody_IsAddedUpByYearAndTier()
    {
        var rows = (await Audit.GetSettlementBelowAsync(new GetSettlementBelowRequest { Body = Central, Fund = Officers.FundId })).Rows;

        Assert.Equal(
            [
                (Officers.Year, Tier.CombinedAuthority, 1, 90_000_00L, 90_000_00L, 0L, 0L),
                (Officers.Year, Tier.Council, 2, 85_500_00L, 85_500_00L, 0L, 62_000_00L),
                (Officers.Year, Tier.NeighbourhoodForum, 2, 14_500_00L, 14_500_00L, 0L, 4_000_01L - 1_01 + 12_34 + 5_300_00),
            ],
            rows.Select(row => (row.FinancialYear, row.Tier, row.Bodies, row.PromisedPence, row.ReleasedPence, row.LapsedPence, row.SpentPence)));
        Assert.All(rows, row => Assert.Equal(row.PromisedPence, row.ReleasedPence + row.LapsedPence + row.ToReleasePence));
        var own = await new AwardService.AwardServiceClient(story.Federation.ToBody(Durham)).GetSettlementAsync(new GetSettlementRequest { Body = Durham, Fund = Officers.FundId });
        Assert.Equal((80_000_00L, 80_000_00L, 0L, 9_000_00L, 9_000_00L, 62_000_00L), own.Years.Select(year => (
            year.PromisedPence, year.ReceivedPence, year.ToComePence, year.PromisedOnPence, year.ReleasedOnPence, year.SpentPence)).Single());
    }

    [Fact]
    public async Task Settlement_OfAFundThatIsNotKnown_IsMissing()
    {
        var missing = await Assert.ThrowsAsync<RpcException>(async () => await Audit.GetSettlementBelowAsync(new GetSettlementBelowRequest { Body = Central, Fund = $"{Central}.nothing" }));
        Assert.Equal(StatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Bodies_ByPages_AreAllOfThemOnce(int size)
    {
        var whole = (await Audit.ListBodiesAsync(new ListBodiesRequest())).Bodies;
        var bodies = new List<AuditedBody>();
        var token = "";
        do
        {
            var page = await Audit.ListBodiesAsync(new ListBodiesRequest { PageSize = size, PageToken = token });
            bodies.AddRange(page.Bodies);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(whole, bodies);
    }

    [Fact]
    public async Task Coverage_WhenEverythingIsSeen_SaysSoForEachJournal()
    {
        var coverage = await Audit.GetCoverageAsync(new GetCoverageRequest());

        Assert.Equal(0UL, coverage.NotYetSeen);
        Assert.Equal(story.Federation.Topology.Bodies.Select(body => body.Id).Order(StringComparer.Ordinal), coverage.Journals.Select(journal => journal.Body));
        foreach (var journal in coverage.Journals)
        {
            var own = await story.Officers.BodyAsync(journal.Body);
            Assert.Equal((own.JournalSize, own.JournalSize, own.Epoch), (journal.Applied, journal.Known, journal.Epoch));
            Assert.True(journal.Registered);
            Assert.Empty(journal.Quarantined);
            var newest = await new JournalService.JournalServiceClient(story.Federation.ToBody(journal.Body)).GetEntryAsync(
                new GetEntryRequest { Body = journal.Body, Index = own.JournalSize - 1 });
            Assert.Equal(newest.Entry.RecordedAt, journal.NewestEntryAt);
        }
        var first = await Audit.GetCoverageAsync(new GetCoverageRequest { PageSize = 5 });
        var rest = await Audit.GetCoverageAsync(new GetCoverageRequest { PageSize = 5, PageToken = first.NextPageToken });
        Assert.Equal(coverage.Journals, first.Journals.Concat(rest.Journals));
        Assert.Empty(rest.NextPageToken);
    }

    [Fact]
    public async Task Payments_OfAllBodies_AreTheNewestFirst()
    {
        var payments = (await Audit.ListPaymentsAsync(new ListPaymentsRequest())).Payments;

        Assert.Equal([story.ToAPerson, story.AfterRepayment, story.OfOnePiece, story.OfTwoPieces], payments.Select(payment => payment.Id));
        Assert.Equal(payments.Select(payment => payment.RecordedAt.ToDateTimeOffset()).OrderDescending(), payments.Select(payment => payment.RecordedAt.ToDateTimeOffset()));
        Assert.Equal([12_34, 5_300_00, 4_000_01, 62_000_00], payments.Select(payment => payment.AmountPence));
        Assert.Equal([0, 0, 1_01, 0], payments.Select(payment => payment.RefundedPence));
    }

    [Fact]
    public async Task Payments_OfOneBody_AreItsOwnAlone()
    {
        var ofEasington = await Audit.ListPaymentsAsync(new ListPaymentsRequest { Body = Easington });
        var ofNobody = await Audit.ListPaymentsAsync(new ListPaymentsRequest { Body = "E06000099" });

        Assert.Equal([story.ToAPerson, story.OfOnePiece], ofEasington.Payments.Select(payment => payment.Id));
        Assert.Empty(ofNobody.Payments);
    }

    [Fact]
    public async Task Payee_WhoIsAPerson_IsShownAsAPersonAndNoMore()
    {
        var listed = (await Audit.ListPaymentsAsync(new ListPaymentsRequest { Body = Easington, PageSize = 1 })).Payments.Single();
        var traced = await Audit.TracePaymentAsync(new TracePaymentRequest { Payment = story.ToAPerson });

        Assert.Equal("a person", listed.Payee);
        Assert.Equal(listed, traced.Payment);
        Assert.DoesNotContain(PlayedStory.PersonHandle, traced.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(PlayedStory.PersonName, traced.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_ThatAreMalformed_AreInvalid()
    {
        var ofAnother = (await Audit.ListBodiesAsync(new ListBodiesRequest { PageSize = 1 })).NextPageToken;
        Assert.NotEmpty(ofAnother);
        foreach (var (call, fields) in new (Func<Task> Call, string[] Fields)[]
        {
            (async () => await Audit.ListBodiesAsync(new ListBodiesRequest { PageSize = 1_001 }), ["page_size"]),
            (async () => await Audit.ListBodiesAsync(new ListBodiesRequest { PageSize = -1, PageToken = "!" }), ["page_size", "page_token"]),
            (async () => await Audit.ListPaymentsAsync(new ListPaymentsRequest { PageSize = 201 }), ["page_size"]),
            (async () => await Audit.ListPaymentsAsync(new ListPaymentsRequest { PageToken = "no token" }), ["page_token"]),
            (async () => await Audit.ListPaymentsAsync(new ListPaymentsRequest { PageToken = ofAnother }), ["page_token"]),
            (async () => await Audit.GetCoverageAsync(new GetCoverageRequest { PageToken = ofAnother }), ["page_token"]),
            (async () => await Audit.TraceForwardAsync(new TraceForwardRequest { Fund = Officers.FundId, PageToken = ofAnother }), ["page_token"]),
            (async () => await Audit.TraceForwardAsync(new TraceForwardRequest { Transfer = "?", PageSize = -1 }), ["page_size", "transfer"]),
            (async () => await Audit.GetCoverageAsync(new GetCoverageRequest { PageSize = 1_001, PageToken = "no token" }), ["page_size", "page_token"]),
        })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
            Assert.Equal(fields, refused.Fields());
        }
    }
}
