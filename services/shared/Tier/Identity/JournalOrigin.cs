using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FundingFlows.Tiers;

/// <summary>Whose journal a key signs, as the name of the key says it: <c>federation/body/epoch</c>.</summary>
public sealed record JournalOrigin(string Federation, string Body, uint Epoch)
{
    /// <summary>Reads the name of a key; false for anything that is not written as the origin of a journal.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out JournalOrigin? origin)
    {
        origin = null;
        var parts = name.Split('/');
        if (parts.Length != 3 || !Names.IsFederation(parts[0]) || !Names.IsBody(parts[1])
            || !uint.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) || epoch == 0
            || name != Names.Origin(parts[0], parts[1], epoch))
            return false;
        origin = new JournalOrigin(parts[0], parts[1], epoch);
        return true;
    }
}
