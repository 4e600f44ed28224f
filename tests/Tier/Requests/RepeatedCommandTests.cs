using System.Net;
using System.Security.Cryptography;
using System.Text;
using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Contracts.Clawbacks.V1;
using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Merging.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Contracts.Projects.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Reports.V1;
using FundingFlows.Contracts.Reservations.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Contracts.Years.V1;
using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A command id is bound by what was accepted under it, and by nothing else.</summary>
public sealed class RepeatedCommandTests(Town town) : IClassFixture<Town>
{
    private const int AtOnce = 16;

    private static readonly Dictionary<string, Action<IMessage>> Alterations = new()
    {
        ["ProposeAgreement"] = request => ((ProposeAgreementRequest)request).Recipient = Durham,
        ["AcceptAgreement"] = request => ((AcceptAgreementRequest)request).Agreement = $"{Durham}.1.999",
        ["SuspendAgreement"] = request => ((SuspendAgreementRequest)request).Reason += " once more",
        ["ResumeAgreement"] = request => ((ResumeAgreementRequest)request).Agreement = $"{Central}.1.999",
        ["EndAgreement"] = request => ((EndAgreementRequest)request).Reason += " for good",
        ["ProposeCustody"] = request => ((ProposeCustodyRequest)request).Agent = Durham,
        ["AcceptCustody"] = request => ((AcceptCustodyRequest)request).Custody = $"{Durham}.1.999",
        ["EndCustody"] = request => ((EndCustodyRequest)request).Reason += " for good",
        ["ExecuteInstruction"] = request => ((ExecuteInstructionRequest)request).Evidence += " Again.",
        ["RefuseInstruction"] = request => ((RefuseInstructionRequest)request).PublicText += " Again.",
        ["MakeAppeal"] = request => ((MakeAppealRequest)request).Reasons += " Again.",
        ["DecideAppeal"] = request => ((DecideAppealRequest)request).Allow = false,
        ["OfferAward"] = request => ((OfferAwardRequest)request).Promises[0].AmountPence++,
        ["RecordAllocation"] = request => ((RecordAllocationRequest)request).Indicators.FiguresCsv += "\r\n",
        ["AwardAllocation"] = request => ((AwardAllocationRequest)request).Recipients.Add(Easington),
        ["AcceptAward"] = request => ((AcceptAwardRequest)request).Award = $"{Durham}.1.999",
        ["DeclineAward"] = request => ((DeclineAwardRequest)request).Award = $"{Durham}.1.999",
        ["AmendAward"] = request => ((AmendAwardRequest)request).Promises[0].AmountPence++,
        ["AcceptAmendment"] = request => ((AcceptAmendmentRequest)request).Amendment = $"{Durham}.1.999",
        ["DeclineAmendment"] = request => ((DeclineAmendmentRequest)request).Amendment = $"{Durham}.1.999",
        ["SetStandingInstruction"] = request => ((SetStandingInstructionRequest)request).Shares[0].PartsPerMillion++,
        ["ApproveStandingInstruction"] = request => ((ApproveStandingInstructionRequest)request).Instruction = $"{Durham}.1.999",
        ["ResumeStandingInstruction"] = request => ((ResumeStandingInstructionRequest)request).Instruction = $"{Durham}.1.999",
        ["EndStandingInstruction"] = request => ((EndStandingInstructionRequest)request).Instruction = $"{Durham}.1.999",
        ["ReleaseFunds"] = request => ((ReleaseFundsRequest)request).Earmarks.Clear(),
        ["RepayUnderspend"] = request => ((RepayUnderspendRequest)request).Kind = Kind.Capital,
        ["RegisterProject"] = request => ((RegisterProjectRequest)request).Description.SocialInfrastructure = false,
        ["RequestProjectChange"] = request => ((RequestProjectChangeRequest)request).Description.SocialInfrastructure = false,
        ["DecideProjectChange"] = request => ((DecideProjectChangeRequest)request).Approve = false,
        ["ReachMilestone"] = request => ((ReachMilestoneRequest)request).Evidence += " Again.",
        ["CloseProject"] = request => ((CloseProjectRequest)request).ClosedOn.Day++,
        ["ApprovePayment"] = request => ((ApprovePaymentRequest)request).Preparation = $"{Easington}.1.999",
        ["RejectPayment"] = request => ((RejectPaymentRequest)request).Reasons += " Again.",
        ["DeclareInterest"] = request => ((DeclareInterestRequest)request).Payee.Person += "00",
        ["EndInterest"] = request => ((EndInterestRequest)request).Payee.Organisation += "0",
        ["MakePayment"] = request => ((MakePaymentRequest)request).Place = "E05009065",
        ["RefundPayment"] = request => ((RefundPaymentRequest)request).AmountPence++,
        ["Reserve"] = request => ((ReserveRequest)request).AmountPence++,
        ["ReleaseReservation"] = request => ((ReleaseReservationRequest)request).AmountPence++,
        ["ExpireReservation"] = request => ((ExpireReservationRequest)request).AsOf.Year++,
        ["RecordLoanRepayment"] = request => ((RecordLoanRepaymentRequest)request).AmountPence++,
        ["RecordLiability"] = request => ((RecordLiabilityRequest)request).Evidence += " And another.",
        ["ReduceLiability"] = request => ((ReduceLiabilityRequest)request).AmountPence++,
        ["CloseYearProvisionally"] = request => ((CloseYearProvisionallyRequest)request).FinancialYear++,
        ["CloseYear"] = request => ((CloseYearRequest)request).FinancialYear++,
        ["SurrenderMoney"] = request => ((SurrenderMoneyRequest)request).AmountPence++,
        ["RecordForecast"] = request => ((RecordForecastRequest)request).Years[0].AmountPence++,
        ["SubmitReport"] = request => ((SubmitReportRequest)request).Funder = Newcastle,
        ["RegisterBody"] = request => ((RegisterBodyRequest)request).Registration.OfficialName += " of old",
        ["AdoptKey"] = request => ((AdoptKeyRequest)request).Replaces = ByteString.CopyFrom(new byte[32]),
        ["RotateKey"] = request => ((RotateKeyRequest)request).FromIndex++,
        ["DeclareEpoch"] = request => ((DeclareEpochRequest)request).Epoch++,
        ["CloseBody"] = request => ((CloseBodyRequest)request).LastDay.Day--,
        ["OrderSuccession"] = request => ((OrderSuccessionRequest)request).Successors[0].BasisPoints--,
        ["HandOver"] = request => ((HandOverRequest)request).Takers.Clear(),
        ["OpenFund"] = request => ((OpenFundRequest)request).Split[0].Kind = Kind.Capital,
        ["ReviseTerms"] = request => ((ReviseTermsRequest)request).Split[0].Kind = Kind.Capital,
        ["IssueMoney"] = request => ((IssueMoneyRequest)request).Source.Reference = "other-levy",
        ["ClaimClawback"] = request => ((ClaimClawbackRequest)request).AmountPence++,
        ["WithdrawClawback"] = request => ((WithdrawClawbackRequest)request).AmountPence++,
        ["SettleClawback"] = request => ((SettleClawbackRequest)request).AmountPence++,
        ["MergePots"] = request => ((MergePotsRequest)request).MostLots++,
    };

    [Theory]
    [MemberData(nameof(Commands.RecordedNames), MemberType = typeof(Commands))]
    public async Task Command_SentManyTimesAtOnceAndAgain_IsRecordedOnce(string command)
    {
        var example = Commands.Of(command, town);
        var before = await town.QuietAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => example.SendAsync(town)));
        var recorded = RecordedIn(answers[0]);
        var after = await town.QuietAsync();
        var again = RecordedIn(await example.SendAsync(town));

        Assert.All(answers, answer => Assert.Equal(recorded, RecordedIn(answer)));
        Assert.Equal(recorded, again);
        Assert.Equal(after, town.Sizes());
        Assert.Equal($"{example.Body}.1.{before[example.Body]}", recorded.Entry);
        Assert.Equal((int)recorded.Entries, await EntriesOfAsync(example));

        await RefusedAsync(example, town.As(example.Body, example.Needs), Alterations[command]);
        await RefusedAsync(example, OfSomebodyElse(example), _ => { });
        Assert.Equal(after, town.Sizes());
    }

    /// <summary>Journals hold it for ever: a later version that made another of the same request would refuse what is repeated to it.</summary>
    [Fact]
    public async Task Digest_IsOverTheSortTheRequestItsWordsAndTheActor_EachAfterItsLength()
    {
        var release = Commands.Of("ReleaseFunds", town);
        var released = await town.EntryAsync(RecordedIn(await release.SendAsync(town)).Entry);
        Assert.Equal(DigestOf(Named(release), release.Request.ToByteArray(), Text(released.Actor)), released.CommandDigest);

        var payment = Commands.Of("MakePayment", town);
        var paid = await town.EntryAsync(RecordedIn(await payment.SendAsync(town)).Entry);
        var request = (MakePaymentRequest)payment.Request;
        request.Narrative = request.Evidence = "";
        var words = paid.Fact.PaymentMade;
        Assert.Equal(
            DigestOf(
                Named(payment), request.ToByteArray(), [(byte)DocumentKind.PaymentNarrative], words.Narrative.Sha256.ToByteArray(), [(byte)DocumentKind.PaymentEvidence], words.Evidence.Sha256.ToByteArray(), Text(paid.Actor)),
            paid.CommandDigest);

        static byte[] Named(Example example) => Text(example.Request.Descriptor.FullName);
        static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
        static byte[] DigestOf(params byte[][] parts) =>
            SHA256.HashData([.. parts.SelectMany(part => BitConverter.GetBytes(IPAddress.HostToNetworkOrder(part.Length)).Concat(part))]);
    }

    [Fact]
    public async Task Id_InCapitals_IsTheSameId()
    {
        var example = Commands.Of("MakePayment", town);
        var recorded = RecordedIn(await example.SendAsync(town));
        ((MakePaymentRequest)example.Request).CommandId = ((MakePaymentRequest)example.Request).CommandId.ToUpperInvariant();
        Assert.Equal(recorded, RecordedIn(await example.SendAsync(town)));
    }

    [Fact]
    public async Task Id_OfAnAcceptedCommandForOneOfAnotherSort_IsRefused()
    {
        var paid = Commands.Of("MakePayment", town);
        await paid.SendAsync(town);
        var refund = Commands.Of("RefundPayment", town);
        ((RefundPaymentRequest)refund.Request).CommandId = ((MakePaymentRequest)paid.Request).CommandId;
        Assert.Equal(StatusCode.AlreadyExists, (await Failure.OfAsync(() => refund.SendAsync(town))).Code);
    }

    [Fact]
    public async Task Id_OfARefusedCommand_MayBeUsedForAnother()
    {
        var example = Commands.Of("MakePayment", town);
        var request = (MakePaymentRequest)example.Request;
        var affordable = request.AmountPence;
        request.AmountPence = request.NetPence = 1_000_000_00;
        Assert.Equal("MAKE_PAYMENT_NOT_ENOUGH_MONEY", (await Failure.OfAsync(() => example.SendAsync(town))).Reason);

        request.AmountPence = request.NetPence = affordable;
        request.Narrative = "Other words too.";
        Assert.Equal(1u, RecordedIn(await example.SendAsync(town)).Entries);
    }

    [Fact]
    public async Task Id_OfTheSameCommandAtAnotherBody_IsAnotherCommand()
    {
        var id = Officers.NewId();
        foreach (var (funder, recipient) in new[] { (Durham, Newcastle), (Newcastle, Durham) })
            await Rpc.Named("ProposeAgreement").CallAsync(
                town.Federation.ToBody(funder), new ProposeAgreementRequest { Body = funder, CommandId = id, Recipient = recipient }, town.As(funder, Role.ChiefFinanceOfficer));
    }

    [Fact]
    public async Task Id_OfTheFarFuture_IsRefusedAndOfTheNearFutureAccepted()
    {
        var now = TimeProvider.System.GetUtcNow();
        var before = await town.QuietAsync();
        var example = Commands.Of("MakePayment", town);
        var request = (MakePaymentRequest)example.Request;

        request.CommandId = Officers.NewId(now.AddMinutes(6));
        var failure = await Failure.OfAsync(() => example.SendAsync(town));
        Assert.Equal((StatusCode.InvalidArgument, "COMMAND_ID_TOO_FAR_AHEAD"), (failure.Code, failure.Reason));
        Assert.Equal(before, town.Sizes());

        request.CommandId = Officers.NewId(now.AddMinutes(4));
        await example.SendAsync(town);
        request.CommandId = Officers.NewId(now.AddYears(-30));
        await example.SendAsync(town);
    }

    private static Recorded RecordedIn(IMessage answer) => (Recorded)answer.Descriptor.FindFieldByName("recorded").Accessor.GetValue(answer);

    private async Task<int> EntriesOfAsync(Example example)
    {
        var id = Guid.Parse((string)example.Rpc.Method.InputType.FindFieldByName("command_id").Accessor.GetValue(example.Request)).ToByteArray(bigEndian: true);
        var journal = await new JournalService.JournalServiceClient(town.Federation.ToBody(example.Body)).ReadJournalAsync(
            new ReadJournalRequest { Body = example.Body, PageSize = 1_000 });
        return journal.Page.Entries.Select(bytes => Entry.Parser.ParseFrom(bytes)).Count(entry => entry.CommandId.Span.SequenceEqual(id));
    }

    private async Task RefusedAsync(Example example, Metadata headers, Action<IMessage> alter)
    {
        var altered = example.Rpc.Method.InputType.Parser.ParseFrom(example.Request.ToByteArray());
        alter(altered);
        var failure = await Failure.OfAsync(() => (example with { Request = altered }).SendAsync(town, headers));
        Assert.Equal((StatusCode.AlreadyExists, "COMMAND_ID_REUSED", "false"), (failure.Code, failure.Reason, failure.Info!.Metadata["later_may_help"]));
    }

    private Metadata OfSomebodyElse(Example example) => Officers.With(town.Federation.Issuer.Sign(
        TestIssuer.Name, "fundingflows", TimeSpan.FromMinutes(-1), TimeSpan.FromHours(1), "somebody else", [Roles.Written(example.Body, example.Needs)]));
}
