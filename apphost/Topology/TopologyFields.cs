namespace FundingFlows.Topologies;

/// <summary>Reads the parts of a topology file, and notes every fault with its line.</summary>
internal sealed class TopologyFields(List<(int Line, string Fault)> faults)
{
    /// <summary>What a topology file calls them.</summary>
    public static readonly IReadOnlyDictionary<string, LegalForm> LegalForms = new Dictionary<string, LegalForm>
    {
        ["government department"] = LegalForm.GovernmentDepartment,
        ["combined authority"] = LegalForm.CombinedAuthority,
        ["local authority"] = LegalForm.LocalAuthority,
        ["parish council"] = LegalForm.ParishCouncil,
        ["charity"] = LegalForm.Charity,
        ["community interest company"] = LegalForm.CommunityInterestCompany,
        ["unincorporated"] = LegalForm.Unincorporated,
    };

    public IEnumerable<LinedJson> Objects(LinedJson file, string list)
    {
        if (file.Members?.GetValueOrDefault(list)?.Items is not { Count: > 0 } items)
        {
            Fault(file.Line, $"the file needs a list \"{list}\" that is not empty.");
            return [];
        }
        foreach (var item in items.Where(item => item.Members is null))
            Fault(item.Line, $"every item of \"{list}\" is an object.");
        return items.Where(item => item.Members is not null);
    }

    public (Instance Instance, int Line)? Instance(LinedJson item)
    {
        Known(item, "name", "service");
        var name = Text(item, "name");
        var service = Text(item, "service");
        if (name is null || service is null)
            return null;
        if (!Names.IsName(name))
            Fault(item.Line, $"\"{name}\" is no name of an instance: use lower-case letters, digits and hyphens.");
        if (!Enum.TryParse<ServiceKind>(service, out var kind) || !Enum.IsDefined(kind))
            Fault(item.Line, $"\"{service}\" is no service: there are {string.Join(", ", Enum.GetNames<ServiceKind>())}.");
        return (new Instance(name, kind), item.Line);
    }

    public (TopologyBody Body, int Line)? Body(LinedJson item, IReadOnlyList<Instance> instances)
    {
        Known(item, "id", "name", "legalForm", "instance", "organisations", "registeredBy", "fundedBy", "succeededBy", "population", "deprivation");
        var (id, name, form, instance) = (Text(item, "id"), Text(item, "name"), Text(item, "legalForm"), Text(item, "instance"));
        if (id is null || name is null || form is null || instance is null)
            return null;
        if (!Names.IsBody(id))
            Fault(item.Line, $"\"{id}\" is no id of a body: use 1 to 32 letters, digits and hyphens.");
        if (!Names.IsLabel(name))
            Fault(item.Line, $"the name of {id} must be 1 to 100 characters.");
        if (!LegalForms.TryGetValue(form, out var legalForm))
            Fault(item.Line, $"\"{form}\" is no legal form: there are {string.Join(", ", LegalForms.Keys)}.");
        var home = instances.FirstOrDefault(one => one.Name == instance);
        if (home is null)
            Fault(item.Line, $"{id} is to run in {instance}, which is not among the instances.");
        else if (home.Service is ServiceKind.Audit or ServiceKind.Gateway)
            Fault(item.Line, $"{id} cannot run in {instance}: {home.Service} hosts no bodies.");
        var organisations = Texts(item, "organisations");
        if (!Names.AreOrganisations(organisations))
            Fault(item.Line, $"\"organisations\" of {id} are at most {Names.MostOrganisations} identifiers as org-id.guide writes them (GB-CHC-1234567), each once.");
        return (new TopologyBody(
            id, name, TierOf(home), legalForm, instance, item.Members!.ContainsKey("registeredBy") ? Text(item, "registeredBy") ?? "" : id,
            Texts(item, "fundedBy"), Number(item, "population") is { } people ? (long)people : null, Number(item, "deprivation"))
        {
            SucceededBy = Texts(item, "succeededBy"),
            Organisations = organisations,
        }, item.Line);
    }

    public void Fault(int line, string fault) => faults.Add((line, fault));

    private static Tier TierOf(Instance? home) => home?.Service switch
    {
        ServiceKind.CentralGovernment => Tier.CentralGovernment,
        ServiceKind.CombinedAuthority => Tier.CombinedAuthority,
        ServiceKind.Council => Tier.Council,
        ServiceKind.NeighbourhoodForum => Tier.NeighbourhoodForum,
        _ => Tier.Unspecified,
    };

    private void Known(LinedJson item, params ReadOnlySpan<string> names)
    {
        foreach (var (name, value) in item.Members!)
            if (!names.Contains(name))
                Fault(value.Line, $"\"{name}\" means nothing here.");
    }

    private string? Text(LinedJson item, string name)
    {
        if (item.Members!.GetValueOrDefault(name) is { Value: string { Length: > 0 } text })
            return text;
        Fault(item.Line, $"\"{name}\" is missing, or not a text.");
        return null;
    }

    private List<string> Texts(LinedJson item, string name)
    {
        if (item.Members!.GetValueOrDefault(name) is not { } value)
            return [];
        if (value.Items is not { } items || items.Any(one => one.Value is not string))
        {
            Fault(value.Line, $"\"{name}\" is not a list of texts.");
            return [];
        }
        return [.. items.Select(one => (string)one.Value!)];
    }

    private decimal? Number(LinedJson item, string name)
    {
        if (item.Members!.GetValueOrDefault(name) is not { } value)
            return null;
        if (value.Value is long or decimal && Convert.ToDecimal(value.Value, System.Globalization.CultureInfo.InvariantCulture) is >= 0 and <= 1_000_000_000 and var number)
            return number;
        Fault(value.Line, $"\"{name}\" is not a number from 0 to a thousand million.");
        return null;
    }
}
