using FundingFlows.Contracts.Ledger.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Balances of a body, by fund and line, and what it has promised.</summary>
[Collection(OneTown.Name)]
public sealed class AccountsTests(Town town)
{
    [Fact]
    public async Task Accounts_OfTheCentre_AreByLineWhatWasIssuedAndGranted()
    {
        var lines = (await Ledger(Central).ListAccountsAsync(new ListAccountsRequest { Body = Central, Fund = Officers.FundId })).Lines;

        Assert.Equal(
            [(Kind.Capital, "", 60_000_00L, 60_000_00L, 0L), (Kind.Revenue, "", 15_000_00, 15_000_00, 0), (Kind.Either, "neighbourhood-led", 25_000_00, 13_000_00, 12_000_00)],
            lines.OrderBy(line => line.Line.Kind).Select(line =>
                (line.Line.Kind, string.Join(' ', line.Line.Earmarks), line.Accounts.IssuedPence, line.Accounts.CashPence, line.Accounts.GrantedPence)));
        Assert.All(lines, line => Assert.Equal((Officers.FundId, Officers.Year, Officers.Year + 2), (line.Line.Fund, line.Line.Years.FirstYear, line.Line.Years.LastYear)));
    }

    [Fact]
    public async Task Accounts_OfACouncil_AreWhatCameWentAndCameBack()
    {
        var lines = (await Ledger(Durham).ListAccountsAsync(new ListAccountsRequest { Body = Durham, Fund = Officers.FundId })).Lines;

        // What came back came as what the forum held it for.
        Assert.Equal(
            [
                (Kind.Capital, new AccountTotals { ReturnedPence = 1_00, CashPence = 1_00 }),
                (Kind.Either, new AccountTotals { ReceivedPence = 12_000_00, CashPence = 6_900_00, GrantedPence = 5_100_00 }),
            ],
            lines.OrderBy(line => line.Line.Kind).Select(line => (line.Line.Kind, line.Accounts)));
    }

    [Fact]
    public async Task Accounts_OfEveryBody_BalanceInEachLineAndAddUpToItsTotals()
    {
        foreach (var body in town.Federation.Topology.Bodies.Select(body => body.Id))
        {
            var lines = (await Ledger(body).ListAccountsAsync(new ListAccountsRequest { Body = body })).Lines;
            foreach (var a in lines.Select(line => line.Accounts))
                Assert.Equal(
                    a.IssuedPence + a.ReceivedPence + a.ReturnedPence,
                    a.CashPence + a.InTransitPence + a.GrantedPence + a.SpentPence + a.RepaidPence + a.SurrenderedPence);
            var shown = (await Ledger(body).GetBodyAsync(new GetBodyRequest { Body = body })).Body;
            Assert.Equal(lines.Sum(line => line.Accounts.CashPence), shown.Totals.CashPence);
            Assert.Equal(lines.Sum(line => line.Accounts.ReceivedPence), shown.Totals.ReceivedPence);
        }
    }

    [Fact]
    public async Task Commitments_OfTheCentre_AreWhatItPromisedAndHasNotReleased()
    {
        var commitment = Assert.Single((await Ledger(Central).ListAccountsAsync(new ListAccountsRequest { Body = Central, Fund = Officers.FundId })).Commitments);
        Assert.Equal((Officers.FundId, 8_000_00), (commitment.Fund, commitment.CommittedPence));
    }

    [Fact]
    public async Task Accounts_OfAFundThatIsNotKnown_AreNone()
    {
        var reply = await Ledger(Central).ListAccountsAsync(new ListAccountsRequest { Body = Central, Fund = "mhclg.nothing" });
        Assert.Empty(reply.Lines);
        Assert.Empty(reply.Commitments);
    }

    [Fact]
    public async Task Body_AsItsBooksShowIt_IsThatOfItsJournal()
    {
        await town.QuietAsync();
        var body = (await Ledger(Durham).GetBodyAsync(new GetBodyRequest { Body = Durham })).Body;
        var entries = (await new JournalService.JournalServiceClient(town.Federation.ToBody(Durham)).ReadJournalAsync(new ReadJournalRequest { Body = Durham, PageSize = 1_000 })).Page.Entries;

        Assert.Equal((Durham, Tier.Council, Central, $"{town.Federation.Id}/{Durham}/1", 1u), (body.Id, body.Tier, body.RegisteringBody, body.Origin, body.Epoch));
        Assert.Equal((ulong)entries.Count, body.JournalSize);
        Assert.Equal(HandMade.Root([.. entries.Select(entry => entry.ToByteArray())]), body.JournalRoot);
    }

    private LedgerService.LedgerServiceClient Ledger(string body) => new(town.Federation.ToBody(body));
}
