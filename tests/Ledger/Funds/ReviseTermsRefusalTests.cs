namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a fund gets no new terms.</summary>
public sealed class ReviseTermsRefusalTests
{
    internal static readonly RefusalTable<ReviseTerms, ReviseTermsRefusal> Table = new RefusalTable<ReviseTerms, ReviseTermsRefusal>(stage =>
            new(stage.Government, Write.Revision(stage.Fund, [Write.Share(Kind.Capital, 6_000), Write.Share(Kind.Either, 4_000, Write.Led)], Write.LedByForums())))
        .Row(ReviseTermsRefusal.TermsMalformed, "a title with a line break", terms => terms with { Title = "Better\nPlaces" })
        .Row(ReviseTermsRefusal.TermsMalformed, "years that end before they begin", terms => terms with { Years = new Years(2028, 2026) })
        .Row(ReviseTermsRefusal.TermsMalformed, "reports every two months", terms => terms with { Rules = FundRules.None with { Reporting = new ReportingRule(2, 30) } })
        .Row(ReviseTermsRefusal.FundUnknown, "a fund that there is not", terms => terms with { Fund = "GOV.parks" })
        .Row(ReviseTermsRefusal.FundUnknown, "a fund that another opened", (stage, attempt) => attempt with { By = stage.Council })
        .Row(ReviseTermsRefusal.SharesNotWhole, "shares of less than all", terms => terms with { Split = [Write.Share(Kind.Capital, 9_999, Write.Led)] })
        .Row(ReviseTermsRefusal.ShareRepeated, "two shares for one line", terms => terms with { Split = [Write.Share(Kind.Capital, 5_000), Write.Share(Kind.Capital, 5_000)] })
        .Row(ReviseTermsRefusal.EarmarkNotDefined, "an earmark that nothing defines", terms => terms with { Earmarks = [] })
        .Row(ReviseTermsRefusal.EarmarkRepeated, "an earmark defined twice", terms => terms with { Earmarks = [.. terms.Earmarks, Write.LedByForums()] })
        .Row(ReviseTermsRefusal.TermsTooLong, "terms that cannot travel", terms => terms with { Earmarks = [.. terms.Earmarks, Long()] })
        .Row(ReviseTermsRefusal.NothingChanged, "what the newest terms say", (stage, terms) => Same(stage))
        .Row(ReviseTermsRefusal.TooManyVersions, "a fund of a hundred versions", (Stage stage, Attempt<ReviseTerms> attempt) =>
        {
            for (var version = 2; version <= ReviseTerms.MostVersions; version++)
                stage.Government.Do(Write.Revision(stage.Fund, [Write.Share(Kind.Revenue, 10_000)]) with { Title = $"Better Places {version}" });
            return attempt;
        })
        .Both("a title with a line break", "a fund that there is not")
        .Both("a fund that another opened", "shares of less than all")
        .Both("shares of less than all", "an earmark that nothing defines")
        .Both("two shares for one line", "an earmark defined twice")
        .Both("terms that cannot travel", "a fund of a hundred versions");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ReviseTerms_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ReviseTerms_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    [Fact]
    public void ReviseTerms_OfTheSameWithAnotherPurpose_IsAChange()
    {
        var stage = new Stage();

        stage.Government.Do(Same(stage) with { Purpose = Write.Digest("To make places better still.") });

        Assert.Equal(Write.Digest("To make places better still."), stage.Government.Books.Funds.Newest(stage.Fund)!.Purpose);
    }

    private static ReviseTerms Same(Stage stage) => Write.Revision(
        stage.Fund, [Write.Share(Kind.Capital, 5_000), Write.Share(Kind.Revenue, 2_500), Write.Share(Kind.Revenue, 2_500, Write.Led)], Write.LedByForums());

    private static Earmark Long() => new() { Name = "long", Places = { Enumerable.Range(0, 3_000).Select(i => $"E{i:00000000}") } };
}
