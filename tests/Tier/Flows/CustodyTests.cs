using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Payments.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A forum that decides and a council that pays, as services that may be away when the other speaks.</summary>
public sealed class CustodyTests : IAsyncLifetime
{
    private const string Handle = "00112233445566778899aabbccddeeff";
    private const string Name = "Zebedee Quillfeather";
    private TestFederation federation = null!;

    private Officers Officers => federation.Officers;

    private InstructionService.InstructionServiceClient Council => new(federation.ToBody(Durham));

    private InstructionService.InstructionServiceClient Forum => new(federation.ToBody(Easington));

    private PaymentService.PaymentServiceClient Payments => new(federation.ToBody(Easington));

    public async ValueTask InitializeAsync()
    {
        federation = await TestFederation.StartAsync(options => options.WithAudit = false);
        await Officers.KeepAsync(Durham, Easington);
        await Task.WhenAll(Officers.AgreeAsync(Central, Durham), Officers.AgreeAsync(Durham, Easington, Durham), Officers.OpenFundAsync());
        await Officers.IssueAsync(10_000_00);
        await Officers.FundAsync(Central, Durham, Kind.Either, 2_000_00, "neighbourhood-led");
        await Officers.FundAsync(Durham, Easington, Kind.Capital, 1_000_00, "neighbourhood-led");
    }

    public ValueTask DisposeAsync() => federation.DisposeAsync();

    [Fact]
    public async Task Payment_OfAForumWhoseMoneyIsKept_IsMadeByTheCouncilThoughBothWereAway()
    {
        var refused = await Failure.OfAsync(() => PayAsync(1_000_01));
        Assert.Equal("MAKE_PAYMENT_NOT_ENOUGH_MONEY", refused.Reason);
        var waiting = await PayAsync(300_00);
        Assert.Equal((null, null), (waiting.Payment, waiting.Preparation));
        await RestartAsync(Forums);
        await Officers.InstructionAsync(Durham, waiting.Instruction, _ => true);
        await federation.StopAsync(Forums);

        var executed = await ExecuteAsync(waiting.Instruction);
        await RestartAsync(CouncilA);
        await federation.StartAsync(Forums);
        var known = await Officers.InstructionAsync(Easington, waiting.Instruction, found => found.State == InstructionState.Executed);

        var paid = (await Payments.GetPaymentAsync(new GetPaymentRequest { Body = Easington, Payment = known.PaidAs })).Payment;
        Assert.Equal((300_00, Durham, waiting.Instruction), (paid.AmountPence, paid.PaidBy, paid.Instruction));
        Assert.Equal((executed.Instruction.BankEvidenceDocument, Officers.PaidOn), (paid.BankEvidenceDocument, paid.PaidOn));
        Assert.Equal(("", InstructionState.Executed), (executed.Instruction.PaidAs, executed.Instruction.State));
        Assert.Equal((300_00, 0), (await SpentAsync(Easington), await SpentAsync(Durham)));
        Assert.Empty((await Forum.ListInstructionsAsync(new ListInstructionsRequest { Body = Easington, OpenOnly = true })).Instructions);
    }

    [Fact]
    public async Task Refusal_OfAPaymentToAPerson_IsPublicAndTellsOfNobody()
    {
        var waiting = await PayAsync(200_00, new PayeeDetails { Person = new PersonPayee { Handle = Handle, Name = Name } });
        await Officers.InstructionAsync(Durham, waiting.Instruction, _ => true);
        var answer = await Council.RefuseInstructionAsync(
            new RefuseInstructionRequest
            {
                Body = Durham,
                CommandId = Officers.NewId(),
                Instruction = waiting.Instruction,
                Ground = RefusalGround.FailedDueDiligence,
                RefusedOn = Officers.PaidOn,
                Reasons = $"Nobody could find {Name}.",
                PublicText = "The payee could not be found.",
            },
            As("refuser"));
        await Officers.InstructionAsync(Easington, waiting.Instruction, found => found.State == InstructionState.Refused);

        var listed = Assert.Single((await Council.ListRefusalsAsync(new ListRefusalsRequest { Body = Durham })).Refusals);
        Assert.Equal(answer.Instruction.Refusal, listed);
        Assert.Equal((RefusalGround.FailedDueDiligence, Officers.PaidOn, 200_00, Officers.FundId), (listed.Ground, listed.RefusedOn, listed.AmountPence, listed.Fund));
        Assert.Equal(("a person", "The payee could not be found.", AppealState.None), (listed.Payee, listed.PublicText, listed.Appeal));
        var atForum = Assert.Single((await Forum.ListRefusalsAsync(new ListRefusalsRequest { Body = Easington })).Refusals);
        Assert.Equal((listed.Ground, listed.PublicTextDocument, ""), (atForum.Ground, atForum.PublicTextDocument, atForum.PublicText));
        Assert.All(new object[] { listed, atForum, answer.Instruction }, shown => Assert.DoesNotContain(Handle, shown.ToString(), StringComparison.Ordinal));

        var documents = new DocumentService.DocumentServiceClient(federation.ToBody(Durham));
        Assert.Equal("The payee could not be found.", (await documents.GetDocumentAsync(new GetDocumentRequest { Body = Durham, Document = listed.PublicTextDocument })).Document.Words);
        var closed = await Failure.OfAsync(async () => await documents.GetDocumentAsync(new GetDocumentRequest { Body = Durham, Document = listed.ReasonsDocument }));
        Assert.Equal(StatusCode.Unauthenticated, closed.Code);
        await documents.EraseDocumentAsync(new EraseDocumentRequest { Body = Durham, Document = listed.PublicTextDocument }, Officers.At(Durham));
        Assert.Equal("", Assert.Single((await Council.ListRefusalsAsync(new ListRefusalsRequest { Body = Durham })).Refusals).PublicText);
    }

    [Fact]
    public async Task Appeal_DecidedBySomebodyElse_LetsTheForumInstructAgain()
    {
        var request = Officers.PaymentRequest(Easington, await Officers.ProjectAsync(Easington), Kind.Capital, 100_00);
        var waiting = await Payments.MakePaymentAsync(request, Officers.At(Easington));
        await Officers.InstructionAsync(Durham, waiting.Instruction, _ => true);
        await Council.RefuseInstructionAsync(Refusing(waiting.Instruction), As("refuser"));
        await Officers.InstructionAsync(Easington, waiting.Instruction, found => found.State == InstructionState.Refused);
        await Forum.MakeAppealAsync(new MakeAppealRequest { Body = Easington, CommandId = Officers.NewId(), Instruction = waiting.Instruction, Reasons = "It is ours to decide." }, Officers.At(Easington));
        await Officers.InstructionAsync(Durham, waiting.Instruction, found => found.Refusal.Appeal == AppealState.Open);

        var bySame = await Failure.OfAsync(() => DecideAsync(waiting.Instruction, "refuser"));
        Assert.Equal((StatusCode.PermissionDenied, "DECIDE_APPEAL_REFUSED_BY_SAME_PERSON"), (bySame.Code, bySame.Reason));
        await DecideAsync(waiting.Instruction, "decider");
        await Officers.InstructionAsync(Easington, waiting.Instruction, found => found.Refusal.Appeal == AppealState.Allowed);
        (request.CommandId, request.AfterAppeal) = (Officers.NewId(), waiting.Instruction);
        var again = (await Payments.MakePaymentAsync(request, Officers.At(Easington))).Instruction;
        await Officers.InstructionAsync(Durham, again, found => found.AfterAppeal == waiting.Instruction);

        var asBefore = await Failure.OfAsync(async () => await Council.RefuseInstructionAsync(Refusing(again), As("refuser")));
        Assert.Equal((StatusCode.FailedPrecondition, "REFUSE_INSTRUCTION_GROUND_OVERTURNED"), (asBefore.Code, asBefore.Reason));
        await ExecuteAsync(again);
        await Officers.InstructionAsync(Easington, again, found => found.State == InstructionState.Executed);
        Assert.Equal(100_00, await SpentAsync(Easington));
    }

    private async Task<MakePaymentResponse> PayAsync(long pence, PayeeDetails? payee = null) => await Payments.MakePaymentAsync(
        Officers.PaymentRequest(Easington, await Officers.ProjectAsync(Easington), Kind.Capital, pence, payee), Officers.At(Easington));

    private async Task<ExecuteInstructionResponse> ExecuteAsync(string instruction) => await Council.ExecuteInstructionAsync(
        new ExecuteInstructionRequest { Body = Durham, CommandId = Officers.NewId(), Instruction = instruction, PaidOn = Officers.PaidOn, Evidence = "A bank statement." }, Officers.At(Durham));

    private async Task DecideAsync(string instruction, string by) => await Council.DecideAppealAsync(
        new DecideAppealRequest { Body = Durham, CommandId = Officers.NewId(), Instruction = instruction, Allow = true, Reasons = "They are right." }, As(by));

    private static RefuseInstructionRequest Refusing(string instruction) => new()
    {
        Body = Durham,
        CommandId = Officers.NewId(),
        Instruction = instruction,
        Ground = RefusalGround.Ineligible,
        RefusedOn = Officers.PaidOn,
        Reasons = "The terms do not say so.",
        PublicText = "The fund does not pay for that.",
    };

    private Metadata As(string who) => Officers.With(federation.Issuer.TokenOf(who, Durham, Role.Approver, Role.ChiefFinanceOfficer));

    private async Task<long> SpentAsync(string body) =>
        (await new LedgerService.LedgerServiceClient(federation.ToBody(body)).GetBodyAsync(new GetBodyRequest { Body = body })).Body.Totals.SpentPence;

    private async Task RestartAsync(string instance)
    {
        await federation.StopAsync(instance);
        await federation.StartAsync(instance);
    }
}
