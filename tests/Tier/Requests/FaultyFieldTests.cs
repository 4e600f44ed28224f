using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Transfers.V1;
using Google.Protobuf;

namespace FundingFlows.Tiers.Tests;

/// <summary>A malformed request is told of all its faults at once, and leaves nothing behind.</summary>
public sealed class FaultyFieldTests(Town town) : IClassFixture<Town>
{
    public static TheoryData<string, string[]> OfEmptyRequests => new()
    {
        { "ProposeAgreement", ["command_id", "recipient"] },
        { "AcceptAgreement", ["command_id", "agreement"] },
        { "SuspendAgreement", ["command_id", "agreement", "reason"] },
        { "ResumeAgreement", ["command_id", "agreement", "reason"] },
        { "EndAgreement", ["command_id", "agreement", "reason"] },
        { "ProposeCustody", ["command_id", "agent"] },
        { "AcceptCustody", ["command_id", "custody"] },
        { "EndCustody", ["command_id", "custody", "reason"] },
        { "ExecuteInstruction", ["command_id", "instruction", "paid_on", "evidence"] },
        { "RefuseInstruction", ["command_id", "instruction", "ground", "refused_on", "reasons", "public_text"] },
        { "MakeAppeal", ["command_id", "instruction", "reasons"] },
        { "DecideAppeal", ["command_id", "instruction", "reasons"] },
        { "OfferAward", ["command_id", "recipient", "fund", "promises"] },
        { "RecordAllocation", ["command_id", "formula", "fund", "indicators.descriptions_csv", "indicators.figures_csv"] },
        { "AwardAllocation", ["command_id", "allocation"] },
        { "AcceptAward", ["command_id", "award"] },
        { "DeclineAward", ["command_id", "award"] },
        { "AmendAward", ["command_id", "award", "promises"] },
        { "AcceptAmendment", ["command_id", "award", "amendment"] },
        { "DeclineAmendment", ["command_id", "award", "amendment"] },
        { "SetStandingInstruction", ["command_id", "award", "kind", "shares"] },
        { "ApproveStandingInstruction", ["command_id", "instruction"] },
        { "ResumeStandingInstruction", ["command_id", "instruction"] },
        { "EndStandingInstruction", ["command_id", "instruction"] },
        { "ReleaseFunds", ["command_id", "award", "financial_year", "kind", "amount_pence"] },
        { "RepayUnderspend", ["command_id", "award", "amount_pence"] },
        { "MakePayment", ["command_id", "fund", "project", "financial_year", "paid_on", "kind", "category", "place", "payee", "amount_pence", "evidence"] },
        { "RegisterProject", ["command_id", "description.title", "description.deliverer", "description.place", "description.category"] },
        {
            "RequestProjectChange",
            ["command_id", "project", "description.title", "description.deliverer", "description.place", "description.category", "reasons"]
        },
        { "DecideProjectChange", ["command_id", "change", "reasons"] },
        { "ReachMilestone", ["command_id", "project", "milestone", "reached_on", "evidence"] },
        { "CloseProject", ["command_id", "project", "closed_on", "outcome"] },
        { "ApprovePayment", ["command_id", "preparation"] },
        { "RejectPayment", ["command_id", "preparation", "reasons"] },
        { "DeclareInterest", ["command_id", "payee"] },
        { "EndInterest", ["command_id", "payee"] },
        { "RefundPayment", ["command_id", "payment", "amount_pence"] },
        { "Reserve", ["command_id", "use.fund", "use.project", "use.financial_year", "use.kind", "use.category", "use.place", "expires_on", "purpose", "amount_pence"] },
        { "ReleaseReservation", ["command_id", "reservation", "amount_pence"] },
        { "ExpireReservation", ["command_id", "reservation", "as_of"] },
        {
            "RecordLiability",
            [
                "command_id", "use.fund", "use.project", "use.financial_year", "use.kind", "use.category", "use.place", "use.supplier", "received_on", "evidence",
                "amount_pence",
            ]
        },
        { "RecordLoanRepayment", ["command_id", "payment", "repaid_on", "amount_pence"] },
        { "ReduceLiability", ["command_id", "liability", "amount_pence", "reasons"] },
        { "CloseYearProvisionally", ["command_id", "financial_year"] },
        { "CloseYear", ["command_id", "financial_year"] },
        { "SurrenderMoney", ["command_id", "fund", "source.kind", "source.reference", "amount_pence"] },
        { "RecordForecast", ["command_id", "fund", "years"] },
        { "SubmitReport", ["command_id", "fund", "funder"] },
        {
            "RegisterBody",
            [
                "command_id", "registration.body", "registration.official_name", "registration.tier", "registration.legal_form", "registration.epoch",
                "registration.origin", "registration.public_key",
            ]
        },
        { "AdoptKey", ["command_id", "replaces"] },
        { "RotateKey", ["command_id", "registered", "public_key", "from_index"] },
        { "DeclareEpoch", ["command_id", "registered", "epoch", "checkpoint"] },
        { "CloseBody", ["command_id", "last_day"] },
        { "OrderSuccession", ["command_id", "predecessor", "successors", "vesting_day"] },
        { "HandOver", ["command_id"] },
        { "OpenFund", ["command_id", "name", "title", "purpose", "years", "split"] },
        { "ReviseTerms", ["command_id", "fund", "title", "years", "split"] },
        { "IssueMoney", ["command_id", "fund", "source.kind", "source.reference", "amount_pence"] },
        { "ClaimClawback", ["command_id", "award", "kind", "amount_pence", "reason"] },
        { "WithdrawClawback", ["command_id", "clawback", "amount_pence"] },
        { "SettleClawback", ["command_id", "clawback", "amount_pence"] },
        { "MergePots", ["command_id", "from_fund", "into_fund"] },
        { "EraseDocument", ["document"] },
    };

    [Theory]
    [MemberData(nameof(OfEmptyRequests))]
    public async Task EmptyRequest_OfACommand_NamesEveryFieldAtFault(string command, string[] fields)
    {
        var rpc = Rpc.Named(command);
        var body = Commands.Of(command, town).Body;
        await MalformedAsync(rpc, rpc.Empty(body), fields);
    }

    public static TheoryData<string, long> WrongAmounts
    {
        get
        {
            var rows = new TheoryData<string, long>();
            foreach (var command in new[] { "ClaimClawback", "WithdrawClawback", "SettleClawback", "ReleaseFunds", "RepayUnderspend", "MakePayment", "RefundPayment", "IssueMoney", "Reserve", "ReleaseReservation", "RecordLiability", "ReduceLiability", "RecordLoanRepayment", "SurrenderMoney" })
                foreach (var pence in new[] { 0, -1, long.MinValue, 1_000_000_000_000_001, long.MaxValue })
                    rows.Add(command, pence);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(WrongAmounts))]
    public Task Amount_OutOfBounds_IsTheOneFault(string command, long pence) => MalformedAsync(command, "amount_pence", pence, "amount_pence");

    public static TheoryData<string, string, object, string> WrongFields => new()
    {
        { "ReleaseFunds", "financial_year", 1999, "financial_year" },
        { "ReleaseFunds", "financial_year", 2200, "financial_year" },
        { "MakePayment", "financial_year", int.MinValue, "financial_year" },
        { "MakePayment", "financial_year", int.MaxValue, "financial_year" },
        { "MakePayment", "kind", (int)Kind.Either, "kind" },
        { "MakePayment", "kind", 77, "kind" },
        { "ReleaseFunds", "kind", -1, "kind" },
        { "RepayUnderspend", "kind", 4, "kind" },
        { "MakePayment", "command_id", "0b7e1a52-6f5f-4c5d-9c38-5f4a4b9a7f11", "command_id" },
        { "MakePayment", "command_id", "{01890a5d-ac96-774b-bcce-b302099a8057}", "command_id" },
        { "MakePayment", "command_id", "01890a5dac96774bbcceb302099a8057", "command_id" },
        { "MakePayment", "command_id", "01890a5d-ac96-774b-0cce-b302099a8057", "command_id" },
        { "MakePayment", "fund", "place-fund", "fund" },
        { "MakePayment", "fund", "mhclg.Place-Fund", "fund" },
        { "MakePayment", "category", "Community building", "category" },
        { "MakePayment", "category", new string('a', 33), "category" },
        { "MakePayment", "place", "e05009057", "place" },
        { "MakePayment", "place", "E05009057\n", "place" },
        { "MakePayment", "narrative", new string('n', 2_001), "narrative" },
        { "RefundPayment", "narrative", new string('n', 2_001), "narrative" },
        { "RefundPayment", "payment", "E05009057.1", "payment" },
        { "RefundPayment", "payment", "E05009057.1.1.1", "payment" },
        { "RefundPayment", "payment", "E05009057.0.1", "payment" },
        { "RefundPayment", "payment", "E05009057.1.01", "payment" },
        { "RefundPayment", "payment", "E05009057.1.9223372036854775808", "payment" },
        { "RefundPayment", "payment", "E05009057.4294967296.1", "payment" },
        { "AcceptAward", "award", "E05009057.1.-1", "award" },
        { "AcceptAgreement", "agreement", ".1.1", "agreement" },
        { "ReleaseFunds", "award", "E05009057.1.1 ", "award" },
        { "ProposeAgreement", "recipient", "-E05009057", "recipient" },
        { "ProposeAgreement", "recipient", new string('E', 33), "recipient" },
        { "SubmitReport", "funder", "a.b", "funder" },
        { "SubmitReport", "up_to", new Google.Type.Date { Year = 2027, Month = 2, Day = 29 }, "up_to" },
        { "ReleaseFunds", "released_on", new Google.Type.Date { Year = 2027, Month = 2, Day = 29 }, "released_on" },
        { "OpenFund", "release_with_report_overdue", true, "release_with_report_overdue" },
        { "OpenFund", "report_within_days", 30u, "report_within_days" },
        { "OpenFund", "name", "-fund", "name" },
        { "OpenFund", "title", " Fund", "title" },
        { "OpenFund", "title", "Fund\nof two lines", "title" },
        { "OpenFund", "title", new string('t', 101), "title" },
        { "OpenFund", "purpose", new string('p', 4_001), "purpose" },
        { "ReviseTerms", "fund", "place-fund", "fund" },
        { "ReviseTerms", "purpose", new string('p', 4_001), "purpose" },
        { "ReviseTerms", "recycling_years", 51u, "recycling_years" },
        { "RotateKey", "from_index", ulong.MaxValue, "from_index" },
        { "RotateKey", "public_key", ByteString.CopyFrom(new byte[33]), "public_key" },
        { "DeclareEpoch", "epoch", 1u, "epoch" },
        { "DeclareEpoch", "checkpoint", new string('c', 4_097), "checkpoint" },
        { "DeclareEpoch", "checkpoint", "test/E06000098/1\n0\nAAAA\n", "checkpoint" },
        { "OrderSuccession", "vesting_day", new Google.Type.Date { Year = 2200, Month = 4, Day = 1 }, "vesting_day" },
        { "CloseBody", "last_day", new Google.Type.Date { Year = 2000, Month = 3, Day = 31 }, "last_day" },
        { "CloseBody", "last_day", new Google.Type.Date { Year = 2027, Month = 2, Day = 29 }, "last_day" },
        { "ClaimClawback", "reason", new string('r', 2_001), "reason" },
        { "SettleClawback", "clawback", "E05009057", "clawback" },
        { "MergePots", "most_lots", -1, "most_lots" },
        { "MergePots", "most_lots", 513, "most_lots" },
        { "MergePots", "most_lots", int.MaxValue, "most_lots" },
        { "MergePots", "award", "E05009057", "award" },
        { "EraseDocument", "document", new string('g', 64), "document" },
        { "EraseDocument", "document", new string('0', 63), "document" },
    };

    [Theory]
    [MemberData(nameof(WrongFields))]
    public Task Field_OfAWrongForm_IsTheOneFault(string command, string field, object value, string fault) => MalformedAsync(command, field, value, fault);

    [Fact]
    public Task Payee_OfNoKnownForm_IsAtFault() => Task.WhenAll(
        PayeeAsync(new PayeeDetails(), "payee"),
        PayeeAsync(new PayeeDetails { Organisation = "1234567" }, "payee.organisation"),
        PayeeAsync(new PayeeDetails { Organisation = "GB-CHC-" + new string('1', 60) }, "payee.organisation"),
        PayeeAsync(new PayeeDetails { Person = new PersonPayee() }, "payee.person.handle", "payee.person.name"),
        PayeeAsync(new PayeeDetails { Person = new PersonPayee { Handle = Town.PayeeName, Name = "A" } }, "payee.person.handle"),
        PayeeAsync(new PayeeDetails { Person = new PersonPayee { Handle = Town.PersonHandle, Name = new string('a', 201) } }, "payee.person.name"));

    [Fact]
    public Task Promises_EachAtFaultInItsOwnWay_AreNamedByTheirPlace()
    {
        var example = Commands.Of("OfferAward", town);
        var request = (OfferAwardRequest)example.Request;
        var good = request.Promises[0];
        request.Promises.Add([
            new Promise(good) { FinancialYear = 1999 }, new Promise(good) { Kind = (Kind)9 }, new Promise(good) { AmountPence = 0 },
            new Promise(good) { Earmarks = { "a", "b", "c", "d" } }, new Promise(good) { Earmarks = { "Not a name" } },
        ]);
        return MalformedAsync(
            example.Rpc, request, "promises[1].financial_year", "promises[2].kind", "promises[3].amount_pence", "promises[4].earmarks", "promises[5].earmarks");
    }

    [Fact]
    public async Task Promises_TooMany_AreAtFault()
    {
        var example = Commands.Of("OfferAward", town);
        var request = (OfferAwardRequest)example.Request;
        request.Promises.Add(Enumerable.Repeat(request.Promises[0], 120));
        await MalformedAsync(example.Rpc, request, "promises");
    }

    [Fact]
    public Task Earmarks_WithoutAKind_AreAtFault() => MalformedAsync("RepayUnderspend", request => ((RepayUnderspendRequest)request).Earmarks.Add("neighbourhood-led"), "earmarks");

    [Fact]
    public Task Earmarks_MoreThanALineHas_AreAtFault() => MalformedAsync("ReleaseFunds", request => ((ReleaseFundsRequest)request).Earmarks.Add(["a", "b", "c", "d"]), "earmarks");

    [Fact]
    public Task Terms_WithEveryPartAtFault_AreToldOfAll() => MalformedAsync(
        "OpenFund",
        request =>
        {
            var terms = (OpenFundRequest)request;
            terms.Years = new YearWindow { FirstYear = 2027, LastYear = 2026 };
            (terms.ReportEveryMonths, terms.ReportWithinDays) = (2, 367);
            terms.Split.Add(new SplitShare { Kind = (Kind)8, Earmarks = { "Not a name" }, BasisPoints = 10_001 });
            terms.Earmarks.Add(new Earmark { Name = "", Spenders = { (Tier)9 }, Categories = { "Not a name" }, Places = { "nowhere" } });
        },
        "years", "split[1].kind", "split[1].earmarks", "split[1].basis_points",
        "earmarks[0].name", "earmarks[0].spenders", "earmarks[0].categories", "earmarks[0].places", "report_every_months", "report_within_days");

    [Fact]
    public Task Source_OfAnUnknownKind_IsAtFault() => MalformedAsync(
        "IssueMoney", request => ((IssueMoneyRequest)request).Source = new Source { Kind = (SourceKind)99, Reference = "No reference" }, "source.kind", "source.reference");

    [Fact]
    public Task Registration_OfUnknownTierAndForm_IsAtFault() => MalformedAsync(
        "RegisterBody",
        request =>
        {
            var registration = ((RegisterBodyRequest)request).Registration;
            registration.Tier = (Tier)9;
            registration.LegalForm = (LegalForm)99;
            registration.PublicKey = ByteString.CopyFrom(new byte[33]);
            registration.Organisations.Add(["GB-CHC-1234567", "1234567"]);
        },
        "registration.tier", "registration.legal_form", "registration.public_key", "registration.organisations");

    private Task PayeeAsync(PayeeDetails payee, params string[] fields) => MalformedAsync("MakePayment", request => ((MakePaymentRequest)request).Payee = payee, fields);

    private Task MalformedAsync(string command, string field, object value, string fault) =>
        MalformedAsync(command, request => request.Descriptor.FindFieldByName(field).Accessor.SetValue(request, value), fault);

    private Task MalformedAsync(string command, Action<IMessage> spoil, params string[] fields)
    {
        var example = Commands.Of(command, town);
        spoil(example.Request);
        return MalformedAsync(example.Rpc, example.Request, fields);
    }

    private async Task MalformedAsync(Rpc rpc, IMessage request, params string[] fields)
    {
        var body = (string)request.Descriptor.FindFieldByName("body").Accessor.GetValue(request);
        var before = town.Sizes();
        var failure = await Failure.OfAsync(() => rpc.CallAsync(town.Federation.ToBody(body), request, town.As(body, Enum.GetValues<Role>())));
        Assert.Equal((StatusCode.InvalidArgument, "MALFORMED", "fundingflows"), (failure.Code, failure.Reason, failure.Info!.Domain));
        Assert.Equal(fields.Order(), failure.Fields.Order());
        Assert.All(fields, field => Assert.Contains(field, failure.Sentence, StringComparison.Ordinal));
        Assert.Equal(before, town.Sizes());
    }
}
