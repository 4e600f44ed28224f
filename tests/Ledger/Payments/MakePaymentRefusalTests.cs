namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a payment is not made.</summary>
public sealed class MakePaymentRefusalTests
{
    internal static readonly RefusalTable<MakePayment, MakePaymentRefusal> Table = new RefusalTable<MakePayment, MakePaymentRefusal>(stage =>
            new(stage.Council, stage.Council.Payment(stage.Fund, 1_000)))
        .Row(MakePaymentRefusal.AmountMalformed, "no money", payment => payment.Of(0))
        .Row(MakePaymentRefusal.AmountMalformed, "less than no money", payment => payment.Of(-5))
        .Row(MakePaymentRefusal.AmountMalformed, "more money than there is", payment => payment.Of(Pence.Most + 1))
        .Row(MakePaymentRefusal.AmountMalformed, "tax below nothing", payment => payment with { Charge = new Charge(1_000, -1, false) })
        .Row(MakePaymentRefusal.AmountMalformed, "tax beyond 64 bits", payment => payment with { Charge = new Charge(1, long.MaxValue, false) })
        .Row(MakePaymentRefusal.AmountMalformed, "a charge beyond 64 bits", payment => payment with { Charge = new Charge(long.MaxValue, long.MaxValue, false) })
        .Row(MakePaymentRefusal.AmountMalformed, "recoverable tax alone", payment => payment with { Charge = new Charge(0, 200, true) })
        .Row(MakePaymentRefusal.AmountMalformed, "more with its tax than there is", payment => payment with { Charge = new Charge(Pence.Most, 1, true) })
        .Row(MakePaymentRefusal.UseMalformed, "a year that is no year", payment => payment with { Year = 26 })
        .Row(MakePaymentRefusal.UseMalformed, "a loan to be repaid before it is made", payment => payment with { RepayableBy = payment.PaidOn.AddDays(-1) })
        .Row(MakePaymentRefusal.UseMalformed, "a payment for either kind", payment => payment with { Kind = Kind.Either })
        .Row(MakePaymentRefusal.UseMalformed, "a payment of no kind", payment => payment with { Kind = Kind.Unspecified })
        .Row(MakePaymentRefusal.UseMalformed, "a category in words", payment => payment with { Category = "A new roof" })
        .Row(MakePaymentRefusal.UseMalformed, "a place without a code", payment => payment with { Place = "Leeds" })
        .Row(MakePaymentRefusal.UseMalformed, "nobody to pay", payment => payment with { Payee = new Payee() })
        .Row(MakePaymentRefusal.UseMalformed, "an organisation without an identifier", payment => payment with { Payee = Write.Organisation("The Roofers Ltd") })
        .Row(MakePaymentRefusal.UseMalformed, "an organisation with a hidden name", payment => payment with { PayeeName = Write.Digest("The Roofers Ltd") })
        .Row(MakePaymentRefusal.UseMalformed, "a person by name", payment => payment with { Payee = new Payee { Person = "Ann Example" } })
        .Row(MakePaymentRefusal.UseMalformed, "a day before the first year", payment => payment with { PaidOn = new DateOnly(2000, 3, 31) })
        .Row(MakePaymentRefusal.UseMalformed, "a day after the last year", payment => payment with { PaidOn = new DateOnly(2200, 4, 1) })
        .Row(MakePaymentRefusal.UseMalformed, "a reference in words", payment => payment with { Reference = "Your letter" })
        .Row(MakePaymentRefusal.UseMalformed, "nothing to show for it", payment => payment with { Evidence = null })
        .Row(MakePaymentRefusal.FundUnknown, "a fund that nobody opened", payment => payment with { Fund = "GOV.parks" })
        .Row(MakePaymentRefusal.FundUnknown, "a body that the fund has not come to", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(MakePaymentRefusal.ProjectUnknown, "a project that nobody registered", payment => payment with { Project = payment.Project with { Index = 0 } })
        .Row(MakePaymentRefusal.ProjectUnknown, "a project of another body", (stage, payment) =>
            payment with { Project = stage.Forum.Do(new RegisterProject(Write.Project())) })
        .Row(MakePaymentRefusal.NothingHeld, "a reservation of nobody", payment => payment with { OutOf = new EntryId("GOV", 1, 0) })
        .Row(MakePaymentRefusal.NothingHeld, "an entry that holds nothing", (stage, payment) => payment with { OutOf = stage.Council.Books.Next with { Index = 1 } })
        .Row(MakePaymentRefusal.AppealedUnknown, "a refusal that there never was", payment => payment with { AfterAppeal = payment.Project })
        .Row(MakePaymentRefusal.AccountableBodyNeeded, "an unincorporated forum that nobody is accountable for", (Stage stage, Attempt<MakePayment> _) =>
        {
            var forum = stage.Federation.Add("forum-2", Tier.NeighbourhoodForum, LegalForm.Unincorporated);
            return new(forum, forum.Payment(forum.Guarded(), 100));
        })
        .Row(MakePaymentRefusal.PayeeIsABody, "a body as payee", (stage, payment) =>
            payment with { Payee = Write.Organisation(TestFederation.OrganisationOf(stage.Forum.Id)) })
        .Row(MakePaymentRefusal.DayOutsideYear, "the day before the year", payment => payment with { PaidOn = new DateOnly(2026, 3, 31) })
        .Row(MakePaymentRefusal.DayOutsideYear, "the day after the year", payment => payment with { PaidOn = new DateOnly(2027, 4, 1) })
        .Row(MakePaymentRefusal.ProjectClosed, "a project that is closed", (stage, payment) =>
        {
            stage.Council.Do(new CloseProject(payment.Project, Write.Day, Write.Digest("It stands.")));
            return payment;
        })
        .Row(MakePaymentRefusal.NotWhatItIsHeldFor, "a reservation for something else", (stage, payment) =>
        {
            var reserve = stage.Council.Reservation(stage.Fund, 1_000);
            return payment with { OutOf = stage.Council.Do(reserve with { For = reserve.For with { Category = "parks" } }) };
        })
        .Row(MakePaymentRefusal.NotWhatItIsHeldFor, "what is owed to somebody else", (stage, payment) =>
        {
            var owed = stage.Council.Liability(stage.Fund, 1_000);
            return payment with { OutOf = stage.Council.Do(owed with { For = owed.For with { Supplier = Write.Organisation("GB-CHC-9") } }) };
        })
        .Row(MakePaymentRefusal.CannotBeRepeated, "another payment than the refused one", (Stage stage, Attempt<MakePayment> _) =>
            new(stage.Forum, stage.Overturned().Payment.Of(601)))
        .Row(MakePaymentRefusal.CannotBeRepeated, "a refusal without an appeal", (Stage stage, Attempt<MakePayment> _) =>
        {
            var payment = stage.Paying();
            return new(stage.Forum, payment with { AfterAppeal = stage.Refuses(stage.Instructs(payment)) });
        })
        .Row(MakePaymentRefusal.CannotBeRepeated, "an appeal that did not help", (Stage stage, Attempt<MakePayment> _) =>
        {
            var payment = stage.Paying();
            return new(stage.Forum, payment with { AfterAppeal = stage.Decides(stage.Appeals(stage.Refuses(stage.Instructs(payment))), false) });
        })
        .Row(MakePaymentRefusal.CannotBeRepeated, "a refused payment that was instructed again", (Stage stage, Attempt<MakePayment> _) =>
        {
            var payment = stage.Overturned().Payment;
            stage.Executes(stage.Instructs(payment));
            return new(stage.Forum, payment);
        })
        .Row(MakePaymentRefusal.CannotBeRepeated, "what another accountable body refused", (Stage stage, Attempt<MakePayment> _) =>
        {
            var payment = stage.Overturned().Payment;
            stage.Forum.Do(new EndCustody(stage.Keeps(), Write.Reason));
            stage.Federation.Settle();
            stage.Federation.Keeps(stage.Stranger, stage.Forum);
            return new(stage.Forum, payment);
        })
        .Row(MakePaymentRefusal.YearClosed, "a year that is closed", (Stage stage, MakePayment payment) =>
        {
            stage.Council.Do(new CloseYearProvisionally(2026));
            return payment;
        })
        .Row(MakePaymentRefusal.PreparerHasInterest, "who has an interest in the payee", (Stage stage, MakePayment payment) =>
        {
            stage.Council.Do(new DeclareInterest(payment.Payee));
            return payment;
        })
        .Row(MakePaymentRefusal.NotEnoughMoney, "more than was set aside", (stage, payment) =>
            payment with { OutOf = stage.Council.Do(stage.Council.Reservation(stage.Fund, 999)) })
        .Row(MakePaymentRefusal.NotEnoughMoney, "a penny more than is held", payment => payment.Of(24_001))
        .Row(MakePaymentRefusal.KeptForSomethingElse, "a penny of another kind", payment => payment.Of(8_001))
        .Row(MakePaymentRefusal.KeptForSomethingElse, "a loan of money that is not lent", payment => payment with { RepayableBy = payment.PaidOn })
        .Row(MakePaymentRefusal.KeptForSomethingElse, "a year outside the fund's", payment => payment.In(2029))
        .Row(MakePaymentRefusal.KeptForSomethingElse, "money of another fund", (stage, payment) =>
        {
            stage.Council.Issues(stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000)), 90_000);
            return payment.Of(90_000);
        })
        .Row(MakePaymentRefusal.TooManyPieces, "more pieces than a payment names", (Stage stage, MakePayment payment) =>
            payment.Of(Parts.MostParts * Parts.MostPieces + 1) with { Fund = Pieces.Pennies(stage.Council, Parts.MostParts * Parts.MostPieces + 1) })
        .Both("no money", "a category in words")
        .Both("no money", "a fund that nobody opened")
        .Both("more money than there is", "a body as payee")
        .Both("a payment for either kind", "a fund that nobody opened")
        .Both("a place without a code", "a body as payee")
        .Both("a place without a code", "a penny more than is held")
        .Both("a fund that nobody opened", "a project that nobody registered")
        .Both("a fund that nobody opened", "a body as payee")
        .Both("a project of another body", "a body as payee")
        .Both("a body as payee", "the day before the year")
        .Both("the day after the year", "a project that is closed")
        .Both("a project of another body", "a refusal that there never was")
        .Both("a refusal that there never was", "a body as payee")
        .Both("a year that is closed", "who has an interest in the payee")
        .Both("who has an interest in the payee", "a penny more than is held")
        .Both("a body as payee", "a penny more than is held")
        .Both("a body as payee", "a penny of another kind")
        .Both("a body as payee", "more pieces than a payment names");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void MakePayment_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void MakePayment_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
