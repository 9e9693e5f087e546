using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Crm.Data;

public static class KeyServices
{
    /// <summary>Keeps the keys in the data folder.</summary>
    public static IDataProtectionBuilder KeepKeysIn(this IDataProtectionBuilder protection, DataFolder folder)
    {
        protection.Services.AddSingleton(provider => new KeyFiles(folder, provider.GetRequiredService<ILogger<KeyFiles>>()));
        protection.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => provider.GetRequiredService<KeyFiles>());
        return protection;
    }
}

/// <summary>
/// The keys that protect cookies and forms, one file each. A file that cannot be read counts as lost, which means signing in
/// again; a key that cannot be written is used all the same, and written as soon as that works.
/// </summary>
public sealed partial class KeyFiles(DataFolder folder, ILogger<KeyFiles> log) : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    private readonly ConcurrentDictionary<string, XElement> _unwritten = new(StringComparer.Ordinal);

    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        WriteWaiting();
        return [.. Files().Select(Read).OfType<XElement>(), .. _unwritten.Values];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var path = Path.Combine(folder.Keys, friendlyName + ".xml");
        if (!TryWrite(path, element))
        {
            _unwritten[path] = element;
        }
    }

    /// <summary>Tries again what could not be written.</summary>
    public void WriteWaiting()
    {
        foreach (var (path, element) in _unwritten)
        {
            if (TryWrite(path, element))
            {
                _unwritten.TryRemove(path, out _);
            }
        }
    }

    private IReadOnlyList<string> Files()
    {
        try
        {
            return Directory.GetFiles(folder.Keys, "*.xml");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Unreadable(folder.Keys, e);
            return [];
        }
    }

    private XElement? Read(string path)
    {
        try
        {
            return XElement.Load(path);
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            Unreadable(path, e);
            return null;
        }
    }

    private bool TryWrite(string path, XElement element)
    {
        try
        {
            Directory.CreateDirectory(folder.Keys);
            Disk.WriteAsync(path, file => element.SaveAsync(file, SaveOptions.None, CancellationToken.None)).GetAwaiter().GetResult();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Unwritten(path, e);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The key {Path} cannot be read and counts as lost. Whoever signed in with it has to sign in again.")]
    private partial void Unreadable(string path, Exception exception);

    [LoggerMessage(LogLevel.Error, "The key {Path} cannot be written. It is used nevertheless and tried again; a restart before that means signing in again.")]
    private partial void Unwritten(string path, Exception exception);
}
