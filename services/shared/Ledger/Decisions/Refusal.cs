using System.Reflection;
using System.Text;

namespace FundingFlows.Ledger;

/// <summary>What sort of rule was broken; decides how the refusal looks on the wire.</summary>
public enum RefusalClass
{
    /// <summary>The command cannot mean anything.</summary>
    Malformed,

    /// <summary>What it names is not here.</summary>
    Missing,

    /// <summary>A rule of money or the state of things forbids it.</summary>
    Rule,

    /// <summary>The command id was used for something else.</summary>
    AlreadyUsed,

    /// <summary>The caller may not do this.</summary>
    NotAllowed,
}

/// <summary>States, on each value of an enumeration of refusals, what sort it is and whether trying again later can help.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class RefusesAttribute(RefusalClass sort) : Attribute
{
    public RefusalClass Sort { get; } = sort;

    public bool LaterMayHelp { get; init; }
}

/// <summary>
/// Why a command was not carried out. Each command has one enumeration of reasons in the order in which its rules are
/// checked; the first broken one is the refusal, and nothing has changed.
/// </summary>
/// <param name="Reason">Stable and machine-readable, for example <c>MAKE_PAYMENT_NOT_ENOUGH_MONEY</c>.</param>
/// <param name="Sort">What sort of rule was broken.</param>
/// <param name="LaterMayHelp">Whether the same command may be accepted later.</param>
/// <param name="Sentence">For people: plain English, naming the item, the amount and what would help.</param>
/// <param name="Details">For machines: names and values of what the sentence speaks of. Amounts in pence.</param>
public sealed record Refusal(
    string Reason, RefusalClass Sort, bool LaterMayHelp, string Sentence, IReadOnlyDictionary<string, string> Details)
{
    /// <summary>A refusal for a value of a command's enumeration, which carries a <see cref="RefusesAttribute"/>.</summary>
    public static Refusal Of<TReason>(TReason reason, string sentence, params (string Name, string Value)[] details)
        where TReason : struct, Enum
    {
        var (sort, later) = Rules<TReason>.Of(reason);
        return new Refusal(ReasonOf(reason), sort, later, sentence, details.ToDictionary(d => d.Name, d => d.Value));
    }

    /// <summary><c>MakePaymentRefusal.NotEnoughMoney</c> is <c>MAKE_PAYMENT_NOT_ENOUGH_MONEY</c>.</summary>
    public static string ReasonOf<TReason>(TReason reason)
        where TReason : struct, Enum => ReasonOf(typeof(TReason), $"{reason}");

    /// <summary>The reason for a value, by its name, of an enumeration of refusals.</summary>
    public static string ReasonOf(Type refusals, string value)
    {
        const string Suffix = "Refusal";
        var command = refusals.Name;
        return Written((command.EndsWith(Suffix, StringComparison.Ordinal) ? command[..^Suffix.Length] : command) + value);
    }

    /// <summary>A name as reasons are written: <c>NotHere</c> is <c>NOT_HERE</c>.</summary>
    public static string Written(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToUpperInvariant(letter));
        }
        return text.ToString();
    }

    private static class Rules<TReason>
        where TReason : struct, Enum
    {
        private static readonly Dictionary<TReason, (RefusalClass, bool)> All = Enum.GetValues<TReason>().ToDictionary(
            value => value,
            value => typeof(TReason).GetField(value.ToString())!.GetCustomAttribute<RefusesAttribute>() is { } rule
                ? (rule.Sort, rule.LaterMayHelp)
                : throw new InvalidOperationException($"{typeof(TReason).Name}.{value} does not say what it refuses."));

        public static (RefusalClass Sort, bool Later) Of(TReason reason) => All[reason];
    }
}
