using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>Where each body is reached. Addresses only: who a body is, its registration says.</summary>
public sealed class AddressBook(IOptions<InstanceOptions> options, IOutside outside)
{
    /// <summary>All bodies that have an address.</summary>
    public IEnumerable<string> Bodies => options.Value.Directory.Keys;

    /// <summary>The instances that host them, in the order of their names.</summary>
    public IEnumerable<string> Hosts => options.Value.Directory.Values.Distinct().Order(StringComparer.Ordinal);

    /// <summary>A body that an instance hosts, as far as is known here. Null: none.</summary>
    public string? AnyBodyAt(string instance) => options.Value.Directory.Where(one => one.Value == instance).Select(one => one.Key).Min(StringComparer.Ordinal);

    public bool HasAddress(string body) => options.Value.Directory.ContainsKey(body);

    /// <summary>Where the instance that hosts a body serves tiles and, if it registers others, witnesses. Null: no such address is known.</summary>
    public Uri? HttpOf(string body) => options.Value.Directory.TryGetValue(body, out var instance) ? HttpOfInstance(instance) : null;

    /// <summary>The same of the instance that audits.</summary>
    public Uri? HttpOfAudit => HttpOfInstance(options.Value.Audit);

    private Uri? HttpOfInstance(string instance) =>
        options.Value.Instances.TryGetValue(instance, out var address) && Uri.TryCreate(address.Http, UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>The way to the instance that hosts a body. Throws UNAVAILABLE when the body has no address.</summary>
    public CallInvoker To(string body)
    {
        if (!options.Value.Directory.TryGetValue(body, out var instance) || !options.Value.Instances.ContainsKey(instance))
            throw Errors.Of(FailureReason.NoAddress, $"{body} has no address here.", [("body", body)]);
        return ToInstance(instance);
    }

    /// <summary>The way to an instance, by its name. Throws UNAVAILABLE when it has no address.</summary>
    public CallInvoker ToInstance(string instance)
    {
        if (!options.Value.Instances.TryGetValue(instance, out var address))
            throw Errors.Of(FailureReason.NoAddress, $"The instance {instance} has no address here.", []);
        return outside.Grpc(address.Grpc);
    }
}
