using FundingFlows.Contracts.Payments.V1;
using Google.Type;

namespace FundingFlows.Local;

/// <summary>A council lends some of a levy of its own, and is repaid a part with interest.</summary>
internal sealed class Lending(Topology topology, Office office)
{
    public const string Name = "town-loans";
    public const long LevyPence = 250_000_00;
    public const long InterestPence = 300_00;
    private const long LentPence = 40_000_00;
    private const long RepaidPence = 10_000_00;

    public async Task PlayAsync(CancellationToken cancellation)
    {
        var council = topology.OfTier(Tier.Council).Last();
        await new Funding(office).IssueAsync(SampleFunds.Loans(council.Id, office), $"levy {council.Id}", SourceKind.LocalLevy, "levy-2026-27", LevyPence, cancellation);
        var bill = new Bill("loan", $"{council.Id}.{Name}", Kind.Revenue, "workspaces", PlaceFund.PlaceOf(council), SampleBills.PayeeOf("GB-CHC", topology, council), null, LentPence);
        var request = bill.Request(council.Id, office.CommandId($"lend {council.Id}"), await office.ProjectAsync(council.Id, bill, cancellation));
        request.RepayableBy = new Date { Year = PlaceFund.LastYear + 1, Month = 3, Day = 31 };
        var lent = await office.AskAsync(council.Id, OfficerRoles.Preparer, options => office.Payments.MakePaymentAsync(request, options), cancellation);
        await office.AskAsync(
            council.Id, OfficerRoles.ChiefFinanceOfficer,
            options => office.Payments.RecordLoanRepaymentAsync(
                new RecordLoanRepaymentRequest
                {
                    Body = council.Id,
                    CommandId = office.CommandId($"repaid {council.Id}"),
                    Payment = lent.Payment.Id,
                    RepaidOn = new Date { Year = PlaceFund.Year + 1, Month = 2, Day = 26 },
                    AmountPence = RepaidPence,
                    Interest = new LoanInterest { Fund = bill.Fund, AmountPence = InterestPence, Evidence = "Illustration: an invented line of a bank statement." },
                },
                options),
            cancellation);
    }
}
