using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace FundingFlows.Tiers;

/// <summary>
/// Whether JSON or a query has the form of a request: names that its contract knows, values that can be read as what they are. Without
/// this a name that nobody knows would be dropped in silence, and a ring-fence that is misspelt would be money without one.
/// </summary>
internal sealed class RestForm
{
    private const int MostName = 64;
    private readonly List<(string Field, string Fault)> faults = [];

    /// <summary>Throws INVALID_ARGUMENT that lists all faults, when there are any.</summary>
    public void ThrowIfAny()
    {
        if (faults.Count > 0)
            throw Errors.Malformed(faults);
    }

    /// <summary>Looks at a message, and at all that it holds.</summary>
    /// <param name="within">Where it stands: empty, or the name of its field and a dot.</param>
    public void Look(MessageDescriptor type, JsonElement json, string within = "")
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fault(within.Length > 0 ? within[..^1] : "request", "must be a JSON object.");
            return;
        }
        var chosen = new HashSet<OneofDescriptor>();
        foreach (var member in json.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            if (Find(type, member.Name) is not { } field)
                Unknown(within + member.Name);
            else if (field.RealContainingOneof is { } choice && !chosen.Add(choice))
                Fault(within + field.Name, $"cannot be given beside another {choice.Name}.");
            else if (field.IsRepeated && member.Value.ValueKind == JsonValueKind.Array)
                foreach (var item in member.Value.EnumerateArray())
                    LookAtValue(field, item, within + field.Name);
            else
                LookAtValue(field, member.Value, within + field.Name);
        }
    }

    /// <summary>Looks at a value of a query or a path. The name of a field within a message has dots.</summary>
    public void Look(MessageDescriptor type, string name, string? text)
    {
        FieldDescriptor? field = null;
        foreach (var part in name.Split('.'))
        {
            var message = field is null ? type : field.FieldType == FieldType.Message ? field.MessageType : null;
            field = message is null ? null : Find(message, part);
            if (field is null)
            {
                Unknown(name);
                return;
            }
        }
        if (FaultOf(field!, text ?? "") is { } fault)
            Fault(field!.Name, fault);
    }

    /// <summary>A field by its name in JSON, or by its name in the contract.</summary>
    private static FieldDescriptor? Find(MessageDescriptor type, string name) => type.Fields.InDeclarationOrder().FirstOrDefault(field => field.JsonName == name || field.Name == name);

    private void LookAtValue(FieldDescriptor field, JsonElement json, string name)
    {
        if (field.FieldType == FieldType.Message)
            Look(field.MessageType, json, name + ".");
        else if (!IsSortOf(field, json.ValueKind))
            Fault(name, field.FieldType == FieldType.String ? "must be text." : FaultOf(field, "") ?? "must be a single value.");
        else if (FaultOf(field, json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText()) is { } fault)
            Fault(name, fault);
    }

    /// <summary>Whether JSON of that sort can be a value of the field. Numbers may be written as texts: not every reader of JSON takes 64 bits.</summary>
    private static bool IsSortOf(FieldDescriptor field, JsonValueKind kind) => field.FieldType switch
    {
        FieldType.String or FieldType.Bytes => kind == JsonValueKind.String,
        FieldType.Bool => kind is JsonValueKind.True or JsonValueKind.False,
        _ => kind is JsonValueKind.String or JsonValueKind.Number,
    };

    /// <summary>What is wrong with a text as a value of the field. Null: nothing.</summary>
    private static string? FaultOf(FieldDescriptor field, string text) => field.FieldType switch
    {
        FieldType.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : $"must be a whole number from {int.MinValue} to {int.MaxValue}.",
        FieldType.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : $"must be a whole number from {long.MinValue} to {long.MaxValue}.",
        FieldType.UInt32 => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : $"must be a whole number from 0 to {uint.MaxValue}.",
        FieldType.UInt64 => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : $"must be a whole number from 0 to {ulong.MaxValue}.",
        FieldType.Bool => text is "true" or "false" ? null : "must be true or false.",
        FieldType.Enum => field.EnumType.FindValueByName(text) is not null || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? null : $"must be one of {string.Join(", ", field.EnumType.Values.Skip(1).Select(value => value.Name))}.",
        FieldType.Bytes => Base64.IsValid(text) || Base64Url.IsValid(text) ? null : "must be base64.",
        _ => null,
    };

    private void Unknown(string name) => Fault(name.Length <= MostName ? name : name[..MostName] + "...", "is not a field of this request.");

    private void Fault(string field, string what) => faults.Add((field, what));
}
