using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Programmes.V1;
using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about programmes.</summary>
internal static class ProgrammeRequests
{
    private const int MostPurpose = 4_000;

    public static Draft Read(OpenFundRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        fields.Check(Names.IsName(request.Name), "name", "must be 1 to 32 lower-case letters, digits and hyphens.");
        var years = ReadTerms(fields, request, purposeRequired: true);
        var normalised = Normalised(request);
        return new Draft(
            id, normalised, [new Words(DocumentKind.FundPurpose, request.Purpose)],
            digest => new OpenFund(request.Name, request.Title, digest(DocumentKind.FundPurpose)!, years, normalised.Split, normalised.Earmarks, RulesOf(normalised)));
    }

    public static Draft Read(ReviseTermsRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var fund = fields.Fund("fund", request.Fund);
        // The contracts hold that what follows the fund is the same in both requests, field by field.
        var asked = OpenFundRequest.Parser.ParseFrom(request.ToByteArray());
        var years = ReadTerms(fields, asked, purposeRequired: false);
        var normalised = Normalised(asked);
        return new Draft(
            id, ReviseTermsRequest.Parser.ParseFrom(normalised.ToByteArray()), request.Purpose.Length == 0 ? [] : [new Words(DocumentKind.FundPurpose, request.Purpose)],
            digest => new ReviseTerms(fund, request.Title, digest(DocumentKind.FundPurpose), years, normalised.Split, normalised.Earmarks, RulesOf(normalised)));
    }

    public static Draft Read(IssueMoneyRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var fund = fields.Fund("fund", request.Fund);
        var source = fields.Source("source", request.Source);
        var amount = fields.Amount("amount_pence", request.AmountPence);
        fields.ThrowIfAny();
        return Draft.Of(id, request, new IssueMoney(fund, source, amount));
    }

    private static Years ReadTerms(Fields fields, OpenFundRequest request, bool purposeRequired)
    {
        fields.Check(Names.IsLabel(request.Title), "title", "must be 1 to 100 characters.");
        fields.Words("purpose", request.Purpose, MostPurpose, required: purposeRequired);
        var years = request.Years is null ? default : Years.From(request.Years);
        fields.Check(years.IsValid, "years", $"must be two financial years from {Years.Earliest} to {Years.Latest}, the first not after the last.");
        ReadSplit(fields, request);
        ReadEarmarks(fields, request);
        ReadRules(fields, request);
        fields.ThrowIfAny();
        return years;
    }

    /// <summary>Earmarks of shares in their one order, and nothing that this version does not know: it would stand in the journal unread.</summary>
    private static OpenFundRequest Normalised(OpenFundRequest request)
    {
        var normalised = Divided(request);
        normalised.MergeInto.Add(request.MergeInto.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        if (request.HasSecondApprovalAbovePence)
            normalised.SecondApprovalAbovePence = request.SecondApprovalAbovePence;
        if (request.HasCarryForwardBasisPoints)
            normalised.CarryForwardBasisPoints = request.CarryForwardBasisPoints;
        if (request.HasRecyclingYears)
            normalised.RecyclingYears = request.RecyclingYears;
        if (request.HasReportEveryMonths)
            normalised.ReportEveryMonths = request.ReportEveryMonths;
        if (request.HasReportWithinDays)
            normalised.ReportWithinDays = request.ReportWithinDays;
        normalised.ReleaseWithReportOverdue = request.ReleaseWithReportOverdue;
        normalised.AwardsByFormulaOnly = request.AwardsByFormulaOnly;
        return normalised;
    }

    private static FundRules RulesOf(OpenFundRequest request) => new(
        request.MergeInto,
        request.HasSecondApprovalAbovePence ? request.SecondApprovalAbovePence : null,
        request.HasCarryForwardBasisPoints ? request.CarryForwardBasisPoints : null,
        request.HasRecyclingYears ? request.RecyclingYears : null,
        request.HasReportEveryMonths ? new ReportingRule(request.ReportEveryMonths, request.ReportWithinDays, request.ReleaseWithReportOverdue) : null,
        request.AwardsByFormulaOnly);

    private static OpenFundRequest Divided(OpenFundRequest request) => new()
    {
        Body = request.Body,
        CommandId = request.CommandId,
        Name = request.Name,
        Title = request.Title,
        Years = request.Years,
        Split =
        {
            request.Split.Select(share => new SplitShare
            {
                Kind = share.Kind,
                BasisPoints = share.BasisPoints,
                Earmarks = { EarmarkSet.Of(share.Earmarks).Names },
            }),
        },
        Earmarks =
        {
            request.Earmarks.Select(earmark => new Earmark
            {
                Name = earmark.Name,
                Spenders = { earmark.Spenders },
                Categories = { earmark.Categories },
                Places = { earmark.Places },
            }),
        },
    };

    private static void ReadSplit(Fields fields, OpenFundRequest request)
    {
        fields.Check(request.Split.Count is >= 1 and <= OpenFund.MostShares, "split", $"must be 1 to {OpenFund.MostShares} shares.");
        for (var i = 0; i < request.Split.Count; i++)
        {
            fields.Kind($"split[{i}].kind", request.Split[i].Kind, either: true);
            fields.Earmarks($"split[{i}].earmarks", request.Split[i].Earmarks);
            fields.Check(request.Split[i].BasisPoints is >= 1 and <= OpenFund.WholeInBasisPoints, $"split[{i}].basis_points", $"must be 1 to {OpenFund.WholeInBasisPoints}.");
        }
    }

    private static void ReadRules(Fields fields, OpenFundRequest request)
    {
        fields.Check(request.MergeInto.Count <= FundRules.MostMergeInto && request.MergeInto.All(Names.IsFund), "merge_into",
            $"must be at most {FundRules.MostMergeInto} funds, each written body.name.");
        fields.Check(request.SecondApprovalAbovePence is >= 0 and <= Pence.Most, "second_approval_above_pence", $"must be 0 to {Pence.Most} pence.");
        fields.Check(request.CarryForwardBasisPoints <= OpenFund.WholeInBasisPoints, "carry_forward_basis_points", $"must be 0 to {OpenFund.WholeInBasisPoints}.");
        fields.Check(request.RecyclingYears <= FundRules.MostRecyclingYears, "recycling_years", $"must be 0 to {FundRules.MostRecyclingYears}.");
        fields.Check(!request.HasReportEveryMonths || ReportingRule.IsPeriod(request.ReportEveryMonths), "report_every_months", "must be 1, 3, 6 or 12.");
        fields.Check(request.HasReportWithinDays == request.HasReportEveryMonths && request.ReportWithinDays <= ReportingRule.MostDays, "report_within_days",
            $"must be 0 to {ReportingRule.MostDays}, where report_every_months is given, and nowhere else.");
        fields.Check(request.HasReportEveryMonths || !request.ReleaseWithReportOverdue, "release_with_report_overdue", "needs report_every_months beside it.");
    }

    private static void ReadEarmarks(Fields fields, OpenFundRequest request)
    {
        fields.Check(request.Earmarks.Count <= OpenFund.MostEarmarks, "earmarks", $"must be at most {OpenFund.MostEarmarks}.");
        for (var i = 0; i < request.Earmarks.Count; i++)
        {
            var earmark = request.Earmarks[i];
            fields.Check(Names.IsName(earmark.Name), $"earmarks[{i}].name", "must be 1 to 32 lower-case letters, digits and hyphens.");
            fields.Check(earmark.Spenders.All(tier => tier != Tier.Unspecified && Enum.IsDefined(tier)), $"earmarks[{i}].spenders", "must be tiers.");
            fields.Check(earmark.Categories.All(Names.IsName), $"earmarks[{i}].categories", "must be lower-case letters, digits and hyphens.");
            fields.Check(earmark.Places.All(Names.IsPlace), $"earmarks[{i}].places", "must be codes of a letter and 8 digits.");
        }
    }
}
