namespace FundingFlows.Tiers;

/// <summary>How a document is named where it can be asked for.</summary>
internal static class DocumentNames
{
    /// <summary>SHA-256 in hexadecimal. Empty: there is none.</summary>
    public static string ToName(this DocumentDigest? document) => document is null ? "" : Convert.ToHexStringLower(document.Sha256.Span);
}
