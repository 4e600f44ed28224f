using System.Globalization;
using Sent = FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Allocations;

/// <summary>
/// Reads a formula as requests and journals write it. What is wrong with what it says, a run of it finds; here is found what says nothing.
/// </summary>
/// <param name="wrong">Is told each fault: the field, and what it must be.</param>
public sealed class WrittenFormula(Action<string, string> wrong)
{
    /// <param name="field">What the formula's field is called.</param>
    /// <param name="sent">Null: it is missing, which is a fault.</param>
    public Formula Read(string field, Sent.Formula? sent)
    {
        if (sent is null)
            wrong(field, "must be there.");
        var read = sent ?? new Sent.Formula();
        return new Formula(
            read.Name,
            [.. read.Components.Select((component, i) => Component($"{field}.components[{i}]", component))],
            [.. read.Adjustments.Select((adjustment, i) => Adjustment($"{field}.adjustments[{i}]", adjustment))],
            OrNone(read.Population));
    }

    /// <summary>An indicator that may be left out.</summary>
    public static string? OrNone(string indicator) => indicator.Length == 0 ? null : indicator;

    private Component Component(string field, Sent.Component sent)
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
                return new ByGap(name, share, OrNone(gap.Count), gap.Figure, Standard($"{field}.by_gap.standard", gap.Standard), gap.Below, mark);
            case Sent.Component.RuleOneofCase.Equalising:
                var even = sent.Equalising;
                return new Equalising(name, share, even.Count, OrNone(even.Index), Power(even.PowerQuarters), even.Resources, mark);
            default:
                wrong(field, "must name one rule: per_head, by_need, flat, by_gap or equalising.");
                return new Flat(name, share, mark);
        }
    }

    private Adjustment Adjustment(string field, Sent.Adjustment sent)
    {
        switch (sent.RuleCase)
        {
            case Sent.Adjustment.RuleOneofCase.Floor:
                return Bound($"{field}.floor", sent.Name, BoundSide.Floor, sent.Floor);
            case Sent.Adjustment.RuleOneofCase.Cap:
                return Bound($"{field}.cap", sent.Name, BoundSide.Cap, sent.Cap);
            case Sent.Adjustment.RuleOneofCase.Damping:
                return new Damping(sent.Name, sent.Damping.CountedBasisPoints, sent.Damping.LastYear);
            default:
                wrong(field, "must name one rule: floor, cap or damping.");
                return new Damping(sent.Name, 0, "");
        }
    }

    private Bound Bound(string field, string name, BoundSide side, Sent.Bound sent)
    {
        if (sent.LimitCase == Sent.Bound.LimitOneofCase.None)
            wrong(field, "must name one limit: amount_pence, per_head or last_year.");
        Limit limit = sent.LimitCase switch
        {
            Sent.Bound.LimitOneofCase.PerHead => new PerHeadLimit(sent.PerHead.AmountPence, sent.PerHead.Count),
            Sent.Bound.LimitOneofCase.LastYear => new LastYearLimit(sent.LastYear.BasisPoints, sent.LastYear.LastYear),
            _ => new PoundsLimit(sent.AmountPence),
        };
        return new Bound(name, side, limit, OrNone(sent.OnlyWhere));
    }

    private static Power Power(uint quarters) => new((int)Math.Min(quarters, FundingFlows.Allocations.Power.MostQuarters + 1));

    private decimal Standard(string field, string text)
    {
        var read = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var standard);
        if (!read)
            wrong(field, "must be a number of digits and at most one point.");
        return standard;
    }
}
