namespace FundingFlows.Ledger;

/// <summary>How far a body has come towards its end.</summary>
public sealed class Ending
{
    /// <summary>It has asked to be closed, and was not refused.</summary>
    public bool IsAsked { get; internal set; }

    /// <summary>Its journal is sealed: no entry follows.</summary>
    public bool IsSealed { get; internal set; }
}
