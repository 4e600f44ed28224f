using FundingFlows.Contracts.Agreements.V1;

namespace FundingFlows.Tiers;

/// <summary>Agreements as callers see them.</summary>
internal static class AgreementViews
{
    public static Agreement Of(FundingAgreement agreement) => new()
    {
        Id = agreement.Id.ToString(),
        Funder = agreement.Funder,
        Recipient = agreement.Recipient,
        State = Of(agreement.State),
        Basis = agreement.Clauses.Basis,
        AccountableBody = agreement.Clauses.AccountableBody,
        FundersAbove = { agreement.Clauses.FundersAbove },
        SuspendedBy = { agreement.SuspendedBy },
        Steps = { agreement.Steps.Select(Of) },
    };

    private static AgreementState Of(AgreementStage stage) => stage switch
    {
        AgreementStage.Proposed => AgreementState.Proposed,
        AgreementStage.Active => AgreementState.Active,
        AgreementStage.Suspended => AgreementState.Suspended,
        AgreementStage.Ended => AgreementState.Ended,
        _ => AgreementState.Refused,
    };

    private static Contracts.Agreements.V1.AgreementStep Of(FundingFlows.Ledger.AgreementStep step) => new()
    {
        Kind = step.Change switch
        {
            AgreementChange.Suspended => AgreementStepKind.Suspended,
            AgreementChange.Resumed => AgreementStepKind.Resumed,
            _ => AgreementStepKind.Ended,
        },
        Body = step.At.Body,
        Entry = step.At.ToString(),
        ReasonDocument = Convert.ToHexStringLower(step.Reason.Sha256.Span),
    };
}
