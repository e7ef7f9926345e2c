/** The views beside the figures: their code comes when they are opened. */
import { Later } from '../../components/dashboard/Later.tsx';
import { shownOf } from '../../components/dashboard/model.ts';
import type { AppProps } from './App.tsx';
import type { Rights } from './rights.ts';
import type { State } from './store.ts';

const loadDevices = () => import('../../components/dashboard/DevicesView.tsx');
const loadHandover = () => import('../../components/dashboard/HandoverView.tsx');
const loadExports = () => import('../../components/dashboard/ExportImport.tsx');
const loadPacks = () => import('../../components/dashboard/packs/PacksView.tsx');
const loadCodes = () => import('../../components/dashboard/admin/CodesAdmin.tsx');
const loadUnits = () => import('../../components/dashboard/admin/UnitsAdmin.tsx');
const loadCatalogue = () => import('../../components/dashboard/admin/CatalogueAdmin.tsx');

export function OtherView(props: AppProps & { readonly state: State; readonly rights: Rights }) {
  const { source, controller, state, clock, copy } = props;
  const retry = () => controller.reload();
  switch (state.view) {
    case 'figures':
      return null;
    case 'devices':
      return (
        <Later load={loadDevices}>
          {({ DevicesView }) => (
            <DevicesView
              load={state.devices}
              source={source.kind}
              now={clock()}
              canRevoke={props.rights.canRevoke}
              acceptsDevices={source.capabilities.acceptsDevices}
              hasUnitFile={source.capabilities.hasUnitFile}
              busy={state.busy}
              onRetry={retry}
              onRevoke={(device) => controller.revoke(device)}
              onAccept={(device, name) => controller.acceptDevice(device, name)}
              onUnitFile={(passphrase, kind) => controller.saveUnitFile(passphrase, kind)}
            />
          )}
        </Later>
      );
    case 'handover':
      return (
        <Later load={loadHandover}>
          {({ HandoverView }) => (
            <HandoverView
              state={state.handover}
              devices={shownOf(state.devices) ?? []}
              onFiles={(files) => controller.importHandover(files)}
              onSave={(file) => controller.saveBytes(file)}
            />
          )}
        </Later>
      );
    case 'exports':
      if (!props.exports) return null;
      return (
        <Later load={loadExports}>
          {({ ExportImport }) => <ExportImport door={props.exports!} language={state.language} />}
        </Later>
      );
    case 'packs':
      return (
        <Later load={loadPacks}>
          {({ PacksView }) => (
            <PacksView
              health={state.packHealth}
              packs={state.packs}
              packRef={state.packRef}
              pack={state.pack}
              units={shownOf(state.units) ?? []}
              now={clock()}
              canDecide={props.rights.canDecidePacks}
              busy={state.busy}
              failure={state.failure}
              onRetry={retry}
              onOpen={(ref) => controller.openPack(ref)}
              onClose={() => controller.closePack()}
              onSign={(password) => controller.signPack(password)}
              onStage={(wish) => controller.stagePack(wish)}
              onRefuse={(reason) => controller.refusePack(reason)}
              onRetire={() => controller.retirePack()}
              onForget={() => controller.dismiss()}
            />
          )}
        </Later>
      );
    case 'codes':
      return (
        <Later load={loadCodes}>
          {({ CodesAdmin }) => (
            <CodesAdmin
              load={state.codes}
              units={shownOf(state.units) ?? []}
              unit={state.unit ?? ''}
              now={clock()}
              made={state.madeCode}
              busy={state.busy === 'makeCode'}
              onMake={(request) => controller.makeCode(request)}
              onHide={() => controller.hideCode()}
              onRetry={retry}
              onCopy={copy}
            />
          )}
        </Later>
      );
    case 'units':
      return (
        <Later load={loadUnits}>
          {({ UnitsAdmin }) => (
            <UnitsAdmin
              load={state.units}
              canImport={props.rights.canImportLists}
              importState={state.unitsImport}
              onRetry={retry}
              onFile={(file) => controller.checkCsv('units', file)}
              onSave={() => controller.saveCsv('units')}
              onClear={() => controller.clearCsv('units')}
            />
          )}
        </Later>
      );
    case 'catalogue':
      return (
        <Later load={loadCatalogue}>
          {({ CatalogueAdmin }) => (
            <CatalogueAdmin
              load={state.catalogue}
              hasList={source.capabilities.hasCatalogueList}
              canImport={props.rights.canImportLists}
              importState={state.catalogueImport}
              onRetry={retry}
              onFile={(file) => controller.checkCsv('catalogue', file)}
              onSave={() => controller.saveCsv('catalogue')}
              onClear={() => controller.clearCsv('catalogue')}
            />
          )}
        </Later>
      );
  }
}
