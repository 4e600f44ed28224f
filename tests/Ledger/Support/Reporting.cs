namespace FundingFlows.Ledger.Tests;

/// <summary>A fund whose terms ask for a report on every three months, within 30 days, on a stage. Nothing was released of it.</summary>
internal sealed class Reporting
{
    public static readonly DateOnly Spring = new(2026, 4, 20);

    /// <summary>The last day on which the first report is not overdue.</summary>
    public static readonly DateOnly Due = new(2026, 7, 30);

    public Reporting(Stage stage, ReportingRule? rule = null)
    {
        Stage = stage;
        stage.Government.Do(Write.Fund("told", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = FundRules.None with { Reporting = rule ?? new ReportingRule(3, 30) } });
        stage.Government.Issues(Fund, 50_000);
        Award = stage.Federation.Awards(stage.Government, stage.Council, Fund, Write.Promise(2026, Kind.Revenue, 30_000));
    }

    public const string Fund = "GOV.told";

    public Stage Stage { get; }

    public EntryId Award { get; }

    public ReleaseFunds Release(DateOnly? on, long pence = 100) => Stage.Government.Release(Award, 0, pence) with { On = on };

    public Decision Decide(DateOnly? on) => Stage.Government.Decide(Release(on));

    public void Releases(DateOnly on, long pence = 100)
    {
        Stage.Government.Do(Release(on, pence));
        Stage.Federation.Settle();
    }

    public void Reports(DateOnly upTo)
    {
        Stage.Council.Do(new SubmitReport(Fund, Stage.Government.Id, upTo));
        Stage.Federation.Settle();
    }
}
