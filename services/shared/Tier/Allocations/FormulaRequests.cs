using System.Globalization;
using FundingFlows.Allocations;
using Sent = FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Tiers;

/// <summary>Reads formulas, pots and tables. What is wrong with what they say, the library finds; here is found what says nothing.</summary>
internal static class FormulaRequests
{
    public static Formula Formula(Fields fields, string field, Sent.Formula? sent)
    {
        fields.Check(sent is not null, field, "must be there.");
        var read = sent ?? new Sent.Formula();
        return new Formula(
            read.Name,
            [.. read.Components.Select((component, i) => Component(fields, $"{field}.components[{i}]", component))],
            [.. read.Adjustments.Select((adjustment, i) => Adjustment(fields, $"{field}.adjustments[{i}]", adjustment))],
            OrNone(read.Population));
    }

    public static IReadOnlyList<PotLine> Pot(Fields fields, string field, IReadOnlyList<Sent.PotLine> sent) =>
    [
        .. sent.Select((line, i) => new PotLine(
            line.FinancialYear, fields.Kind($"{field}[{i}].kind", line.Kind, either: true), fields.Earmarks($"{field}[{i}].earmarks", line.Earmarks).Names, line.AmountPence)),
    ];

    public static (CsvText Descriptions, CsvText Figures) Tables(string field, Sent.IndicatorTables? sent) => (
        new CsvText($"{field}.descriptions_csv", sent?.DescriptionsCsv ?? ""), new CsvText($"{field}.figures_csv", sent?.FiguresCsv ?? ""));

    public static string? OrNone(string indicator) => indicator.Length == 0 ? null : indicator;

    private static Component Component(Fields fields, string field, Sent.Component sent)
    {
        var (name, share, mark) = (sent.Name, sent.ShareBasisPoints, OrNone(sent.OnlyWhere));
        switch (sent.RuleCase)
        {
            case Sent.Component.RuleOneofCase.PerHead:
                return new PerHead(name, share, sent.PerHead.Count, mark);
            case Sent.Component.RuleOneofCase.ByNeed:
                return new ByNeed(name, share, sent.ByNeed.Count, sent.ByNeed.Index, Power(sent.ByNeed.PowerQuarters), mark);
            case Sent.Component.RuleOneofCase.Flat:
                return new Flat(name, share, mark);
            case Sent.Component.RuleOneofCase.ByGap:
                var gap = sent.ByGap;
                return new ByGap(name, share, OrNone(gap.Count), gap.Figure, Standard(fields, $"{field}.by_gap.standard", gap.Standard), gap.Below, mark);
            case Sent.Component.RuleOneofCase.Equalising:
                var even = sent.Equalising;
                return new Equalising(name, share, even.Count, OrNone(even.Index), Power(even.PowerQuarters), even.Resources, mark);
            default:
                fields.Check(false, field, "must name one rule: per_head, by_need, flat, by_gap or equalising.");
                return new Flat(name, share, mark);
        }
    }

    private static Adjustment Adjustment(Fields fields, string field, Sent.Adjustment sent)
    {
        switch (sent.RuleCase)
        {
            case Sent.Adjustment.RuleOneofCase.Floor:
                return Bound(fields, $"{field}.floor", sent.Name, BoundSide.Floor, sent.Floor);
            case Sent.Adjustment.RuleOneofCase.Cap:
                return Bound(fields, $"{field}.cap", sent.Name, BoundSide.Cap, sent.Cap);
            case Sent.Adjustment.RuleOneofCase.Damping:
                return new Damping(sent.Name, sent.Damping.CountedBasisPoints, sent.Damping.LastYear);
            default:
                fields.Check(false, field, "must name one rule: floor, cap or damping.");
                return new Damping(sent.Name, 0, "");
        }
    }

    private static Bound Bound(Fields fields, string field, string name, BoundSide side, Sent.Bound sent)
    {
        fields.Check(sent.LimitCase != Sent.Bound.LimitOneofCase.None, field, "must name one limit: amount_pence, per_head or last_year.");
        Limit limit = sent.LimitCase switch
        {
            Sent.Bound.LimitOneofCase.PerHead => new PerHeadLimit(sent.PerHead.AmountPence, sent.PerHead.Count),
            Sent.Bound.LimitOneofCase.LastYear => new LastYearLimit(sent.LastYear.BasisPoints, sent.LastYear.LastYear),
            _ => new PoundsLimit(sent.AmountPence),
        };
        return new Bound(name, side, limit, OrNone(sent.OnlyWhere));
    }

    private static Power Power(uint quarters) => new((int)Math.Min(quarters, FundingFlows.Allocations.Power.MostQuarters + 1));

    private static decimal Standard(Fields fields, string field, string text)
    {
        var read = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var standard);
        fields.Check(read, field, "must be a number of digits and at most one point.");
        return standard;
    }
}
