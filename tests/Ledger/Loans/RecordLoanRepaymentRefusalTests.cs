namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why the repayment of a loan is not recorded.</summary>
public sealed class RecordLoanRepaymentRefusalTests
{
    internal static readonly RefusalTable<RecordLoanRepayment, RecordLoanRepaymentRefusal> Table =
        new RefusalTable<RecordLoanRepayment, RecordLoanRepaymentRefusal>(stage =>
                new(stage.Council, new RecordLoanRepayment(stage.Council.Lends(1_000), Write.YearEnd, 1_000, new LoanInterest(stage.Council.OpensForInterest(), 50, Write.Reason))))
            .Row(RecordLoanRepaymentRefusal.AmountMalformed, "no money", repaid => repaid with { AmountPence = 0 })
            .Row(RecordLoanRepaymentRefusal.AmountMalformed, "more money than there is", repaid => repaid with { AmountPence = long.MaxValue })
            .Row(RecordLoanRepaymentRefusal.AmountMalformed, "interest of less than nothing", repaid => repaid with { Interest = repaid.Interest! with { AmountPence = -1 } })
            .Row(RecordLoanRepaymentRefusal.AmountMalformed, "interest beyond all bounds", repaid => repaid with { Interest = repaid.Interest! with { AmountPence = Pence.Most + 1 } })
            .Row(RecordLoanRepaymentRefusal.DayMalformed, "a day after all years", repaid => repaid with { RepaidOn = new DateOnly(2200, 4, 1) })
            .Row(RecordLoanRepaymentRefusal.PaymentUnknown, "an entry that paid nothing", repaid => repaid with { Payment = repaid.Payment with { Index = 1 } })
            .Row(RecordLoanRepaymentRefusal.InterestFundUnknown, "a fund that nobody opened", repaid => repaid with { Interest = repaid.Interest! with { Fund = "E06000001.parks" } })
            .Row(RecordLoanRepaymentRefusal.InterestFundUnknown, "a fund of another body", (stage, repaid) => repaid with { Interest = repaid.Interest! with { Fund = stage.Fund } })
            .Row(RecordLoanRepaymentRefusal.NotALoan, "a payment that is no loan", (stage, repaid) => repaid with { Payment = stage.Council.Do(stage.Council.Payment(stage.Fund, 2_000)) })
            .Row(RecordLoanRepaymentRefusal.BeforeItWasLent, "the day before", repaid => repaid with { RepaidOn = Write.Day.AddDays(-1) })
            .Row(RecordLoanRepaymentRefusal.MoreThanLent, "a penny more than was lent", repaid => repaid with { AmountPence = 1_001 })
            .Row(RecordLoanRepaymentRefusal.InterestAboveLoan, "as much interest as a penny more than was lent", repaid => repaid with { Interest = repaid.Interest! with { AmountPence = 1_001 } })
            .Row(RecordLoanRepaymentRefusal.InterestAboveLoan, "interest a second time", (stage, repaid) =>
            {
                stage.Council.Do(repaid with { AmountPence = 1, Interest = repaid.Interest! with { AmountPence = 951 } });
                return repaid with { AmountPence = 1 };
            })
            .Row(RecordLoanRepaymentRefusal.InterestYearClosed, "interest for a fund whose years are over", (stage, repaid) => repaid with
            {
                Interest = repaid.Interest! with { Fund = stage.Council.OpensOver() },
            })
            .Row(RecordLoanRepaymentRefusal.InterestShareEmpty, "too little interest to divide", (stage, repaid) => repaid with
            {
                Interest = new LoanInterest(stage.Council.Opens("halves", Write.Share(Kind.Capital, 5_000), Write.Share(Kind.Revenue, 5_000)), 1, Write.Reason),
            })
            .Row(RecordLoanRepaymentRefusal.TotalTooLarge, "more than accounts hold", (Stage stage, RecordLoanRepayment repaid) =>
            {
                stage.Council.Issues("E06000001.loans", Pence.Most - stage.Council.Balance(Account.Issued));
                return repaid;
            })
            .Both("no money", "a day after all years")
            .Both("a day after all years", "an entry that paid nothing")
            .Both("an entry that paid nothing", "a fund that nobody opened")
            .Both("a fund of another body", "a payment that is no loan")
            .Both("a payment that is no loan", "the day before")
            .Both("the day before", "a penny more than was lent")
            .Both("a penny more than was lent", "as much interest as a penny more than was lent")
            .Both("as much interest as a penny more than was lent", "interest for a fund whose years are over")
            .Both("interest for a fund whose years are over", "more than accounts hold")
            .Both("a penny more than was lent", "too little interest to divide")
            .Both("too little interest to divide", "more than accounts hold");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RecordLoanRepayment_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RecordLoanRepayment_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
