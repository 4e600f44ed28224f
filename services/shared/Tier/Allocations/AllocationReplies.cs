using System.Globalization;
using FundingFlows.Allocations;
using Sent = FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Tiers;

/// <summary>What allocations and comparisons look like to who asked for them.</summary>
internal static class AllocationReplies
{
    public static IEnumerable<Sent.Working> Workings(AllocationResult result, IEnumerable<int> recipients)
    {
        var explainer = new Explainer(result);
        foreach (var recipient in recipients)
            foreach (var year in result.Years)
                yield return Working(explainer.Explain(year, recipient), year, recipient);
    }

    public static Sent.AllocationChange Change(Change change) => new()
    {
        Recipient = change.Recipient.Id,
        Name = change.Recipient.Name,
        BeforePence = change.BeforePence,
        AfterPence = change.AfterPence,
    };

    public static Sent.AllocationFindings Findings(Findings findings)
    {
        var sent = new Sent.AllocationFindings();
        if (findings.MisplacedBasisPoints is { } misplaced)
            sent.MisplacedBasisPoints = misplaced;
        if (findings.BetweenGroupsBasisPoints is { } between)
            sent.BetweenGroupsBasisPoints = between;
        if (findings.MarkedBasisPoints is { } marked)
            sent.MarkedBasisPoints = marked;
        return sent;
    }

    public static Sent.GroupGap Gap(GroupGap gap)
    {
        var sent = new Sent.GroupGap { Group = gap.Group };
        if (gap.BeforeBasisPoints is { } before)
            sent.BeforeBasisPoints = before;
        if (gap.AfterBasisPoints is { } after)
            sent.AfterBasisPoints = after;
        return sent;
    }

    public static Sent.RecordedAllocation Recorded(Books books, RecordedAllocation run) => new()
    {
        Id = run.Id.ToString(),
        Fund = run.Fund,
        TermsVersion = run.TermsVersion,
        Formula = run.Formula,
        Pot = { run.Pot.Select(PotLine) },
        Recipients = run.Shares.Count,
        TotalPence = run.Pot.Sum(line => line.AmountPence),
        AwardedPence = books.Awards.StandingPence(run.Id),
        Descriptions = run.Descriptions.ToName(),
        Figures = run.Figures.ToName(),
        RecordedAt = run.RecordedAt,
    };

    public static IEnumerable<Sent.RecipientShare> Shares(Books books, RecordedAllocation run, IEnumerable<string> recipients)
    {
        var awards = books.Awards.All.Where(award => award.Allocation == run.Id).GroupBy(award => award.Recipient).ToDictionary(made => made.Key, made => made.Last().Id);
        foreach (var recipient in recipients)
        {
            var lines = run.PromisesTo(recipient);
            yield return new Sent.RecipientShare
            {
                Recipient = recipient,
                AmountPence = lines.Sum(line => line.AmountPence),
                Lines = { lines.Select(PotLine) },
                Award = awards.TryGetValue(recipient, out var award) ? award.ToString() : "",
            };
        }
    }

    public static Sent.GrowthYear Growth(GrowthYear year) => new()
    {
        FinancialYear = year.Now.FinancialYear,
        BeforePence = year.Before.AmountPence,
        NowPence = year.Now.AmountPence,
        GrowthPence = year.GrowthPence,
        SharePence = year.SharePence,
        Sentence = year.Sentence,
    };

    public static Sent.PotLine PotLine(Promise line) => new()
    {
        FinancialYear = line.FinancialYear,
        Kind = line.Kind,
        Earmarks = { line.Earmarks },
        AmountPence = line.AmountPence,
    };

    private static Sent.Working Working(Working working, YearAllocation year, int recipient)
    {
        var sent = new Sent.Working
        {
            Recipient = working.Recipient.Id,
            Name = working.Recipient.Name,
            FinancialYear = working.FinancialYear,
            AmountPence = working.AmountPence,
            Parts = { working.Parts.Select(part => new Sent.WorkingPart { Name = part.Name, ExactPence = Text(part.Pence), AmountPence = part.ShownPence }) },
            RoundingPence = Text(working.RoundingPence),
            Sentences = { working.Sentences },
            Lines =
            {
                year.Lines.Select((line, i) => new Sent.PotLine
                {
                    FinancialYear = line.FinancialYear, Kind = line.Kind, Earmarks = { line.Earmarks }, AmountPence = year.LinePence[i][recipient],
                }).Where(line => line.AmountPence > 0),
            },
        };
        if (working.PencePerHead is { } each)
            sent.PencePerHead = each;
        return sent;
    }

    private static string Text(decimal pence) => pence.ToString("0.#########", CultureInfo.InvariantCulture);
}
